import type { CellCount } from './known-cells.ts'
import { BAD_SHARE_MAX } from './number-style.ts'
import { timeOfDayIn } from './written-dates.ts'
import { durationIn, type DurationForm } from './written-durations.ts'

/** How the times of a column are written, decided once on the training rows. */
export interface TimeReading {
  /** Not given: times of day. */
  readonly duration?: DurationForm
}

/** Whether a column holds times of day, or durations; `undefined`: neither. */
export function decideTimes(cells: readonly CellCount[]): TimeReading | undefined {
  const rowsWhere = (holds: (cell: string) => boolean) =>
    cells.reduce((sum, { cell, count }) => sum + (holds(cell) ? count : 0), 0)
  const known = rowsWhere(() => true)
  const most = (1 - BAD_SHARE_MAX) * known
  const times = rowsWhere((cell) => timeOfDayIn(cell) !== undefined)
  const durations = (form: DurationForm) => rowsWhere((cell) => durationIn(cell)?.form === form)
  const [whole, parts] = [durations('whole'), durations('two-part')]
  if (times > 0 && times >= most) return {}
  if (whole > 0 && whole >= most) return { duration: 'whole' }
  return parts > 0 && parts >= most ? { duration: 'two-part' } : undefined
}

/** The hours of a cell; of durations in two parts in units of the first part. `undefined`: it is no such time. */
export function readTime(cell: string, { duration }: TimeReading): number | undefined {
  if (duration === undefined) return timeOfDayIn(cell)
  const found = durationIn(cell)
  return found?.form === duration ? found.value : undefined
}

export function timeWords({ duration }: TimeReading): string {
  if (duration === undefined) return 'hours since midnight'
  return duration === 'whole' ? 'durations, in hours' : 'durations, in units of the first part: 5:30 is 5.5'
}
