import { rowsWhere, type CellCount } from './known-cells.ts'
import { BAD_SHARE_MAX } from './number-format.ts'
import { timeOfDayIn } from './written-dates.ts'
import { durationIn, type DurationForm } from './written-durations.ts'

/** Time format of a column, decided once on the training rows. */
export interface TimeFormat {
  /** Absent for times of day. */
  readonly duration?: DurationForm
}

const DURATION_FORMS: readonly DurationForm[] = ['whole', 'two-part']

/** Decides whether a column holds times of day or durations; `undefined` if neither. */
export function inferTimeFormat(cells: readonly CellCount[]): TimeFormat | undefined {
  const most = (1 - BAD_SHARE_MAX) * rowsWhere(cells)
  const areMost = (holds: (cell: string) => boolean) => {
    const rows = rowsWhere(cells, holds)
    return rows > 0 && rows >= most
  }
  if (areMost((cell) => timeOfDayIn(cell) !== undefined)) return {}
  const duration = DURATION_FORMS.find((form) => areMost((cell) => durationIn(cell)?.form === form))
  return duration === undefined ? undefined : { duration }
}

/**
 * Returns the hours of a cell, or units of the first part for two-part durations; `undefined` if the cell does not
 * match.
 */
export function readTime(cell: string, { duration }: TimeFormat): number | undefined {
  if (duration === undefined) return timeOfDayIn(cell)
  const found = durationIn(cell)
  return found?.form === duration ? found.value : undefined
}

export function timeFormatMessage({ duration }: TimeFormat): string {
  if (duration === undefined) return 'hours since midnight'
  return duration === 'whole' ? 'durations, in hours' : 'durations, in units of the first part: 5:30 is 5.5'
}
