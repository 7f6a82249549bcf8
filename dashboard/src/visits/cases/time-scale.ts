import { t } from '../../words/words.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Visits further apart than this have separate scales; otherwise their minutes would not be visible. */
const COMMON_MS = 36 * HOUR_MS

const TICKS_MAX = 10
const STEPS_MS = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE_MS)

/** A time span in ms since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface VisitTimes {
  readonly checkInAt: string | null
  readonly checkOutAt: string | null
  readonly enteredAt: string | null
  readonly plannedFrom: string | null
  readonly plannedUntil: string | null
}

/** Returns the scale of each visit, shared if they are close, to compare them; `undefined` if a visit has no times. */
export function timelineSpans(visits: readonly VisitTimes[]): (Span | undefined)[] {
  const spans = visits.map(spanOf)
  const known = spans.filter((span) => span !== undefined)
  const common = { from: Math.min(...known.map(({ from }) => from)), to: Math.max(...known.map(({ to }) => to)) }
  const areNear = common.to - common.from <= COMMON_MS
  return spans.map((span) => (span === undefined ? undefined : padded(areNear ? common : span)))
}

/** Returns at most ten ticks at round times, and the interval between them. */
export function ticksOf({ from, to }: Span): { readonly every: number; readonly ticks: readonly number[] } {
  const stepMin = (to - from) / TICKS_MAX
  const every = STEPS_MS.find((step) => step >= stepMin) ?? Math.ceil(stepMin / DAY_MS) * DAY_MS
  const ticks: number[] = []
  for (let at = Math.ceil(from / every) * every; at <= to && ticks.length < TICKS_MAX; at += every) ticks.push(at)
  return { every, ticks }
}

/** Formats a duration with at most two units. */
export function durationText(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE_MS)
  if (minutes < 1) return t('format.seconds', { value: String(Math.round(Math.abs(ms) / 1000)) })
  const parts = [
    [Math.floor(minutes / 1440), 'format.days'],
    [Math.floor(minutes / 60) % 24, 'format.hours'],
    [minutes % 60, 'format.minutes'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => t(unit, { value: String(count) }))
    .join(' ')
}

function spanOf(visit: VisitTimes): Span | undefined {
  const { checkInAt, checkOutAt, enteredAt, plannedFrom, plannedUntil } = visit
  const times = [checkInAt, checkOutAt, enteredAt, plannedFrom, plannedUntil].flatMap((at) =>
    at === null ? [] : [Date.parse(at)],
  )
  return times.length === 0 ? undefined : { from: Math.min(...times), to: Math.max(...times) }
}

function padded({ from, to }: Span): Span {
  const room = Math.max(5 * MINUTE_MS, Math.min(DAY_MS, (to - from) / 20))
  return { from: from - room, to: to + room }
}
