import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import type { Assessment } from '../../schemas/visits/assessments.ts'

/** `3.2 km`, `80 m`. */
export function metres(value: number): string {
  return value < 1_000 ? `${Math.round(value)} m` : `${(value / 1_000).toFixed(value < 10_000 ? 1 : 0)} km`
}

/** `40 s`, `12 min`, `3.5 h`, `4 days`. */
export function span(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.round(ms / 1_000)} s`
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} h` : `${Math.round(ms / DAY_MS)} days`
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

/** The day in UTC. Times from outside may lie beyond what a date can show. */
export function dayText(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'an impossible day' : date.toISOString().slice(0, 10)
}

/** `fine`, `invalid`, `suspected to be false`. */
export function verdictText(verdict: Assessment['verdict']): string {
  return verdict === 'suspected_false' ? 'suspected to be false' : verdict
}
