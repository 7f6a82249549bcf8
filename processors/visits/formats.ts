import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import type { Assessment } from '../../schemas/visits/assessments.ts'

/** Formats a distance: `3.2 km`, `80 m`. */
export function formatDistance(value: number): string {
  return value < 1_000 ? `${Math.round(value)} m` : `${(value / 1_000).toFixed(value < 10_000 ? 1 : 0)} km`
}

/** Formats a duration: `40 s`, `12 min`, `3.5 h`, `4 days`. */
export function formatDuration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.round(ms / 1_000)} s`
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} h` : `${Math.round(ms / DAY_MS)} days`
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

/** Formats the day in UTC. Times in events may lie beyond the range of `Date`. */
export function dayText(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'an impossible day' : date.toISOString().slice(0, 10)
}

/** Returns `fine`, `invalid` or `suspected to be false`. */
export function verdictText(verdict: Assessment['verdict']): string {
  return verdict === 'suspected_false' ? 'suspected to be false' : verdict
}
