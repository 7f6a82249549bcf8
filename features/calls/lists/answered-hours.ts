import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { zoneOffsetMinutes } from '../../time-zone.ts'

const HALF_HOURS = 48
const HALF_HOUR_MS = HOUR_MS / 2
const HOURS = 24

/** Slots of the record: for each half hour of UTC, the number of calls and the number of answered calls. */
export const ANSWERED_HOURS_SLOTS = 2 * HALF_HOURS

/** Minimum number of calls; with fewer, or none answered, there are no rates by hour. */
const CALLS_MIN = 5
/** Pseudo-calls at the customer’s overall answer rate, added to each hour (additive smoothing). */
const PRIOR_CALLS = 4
/** Weight of the two adjacent hours in the rate of an hour. */
const BESIDE = 0.5

/** Counts a call made at `at` (ms). */
export function countCall(slots: Float64Array, at: number, answered: boolean): void {
  const sinceMidnight = ((at % DAY_MS) + DAY_MS) % DAY_MS
  const start = 2 * Math.floor(sinceMidnight / HALF_HOUR_MS)
  slots[start]! += 1
  if (answered) slots[start + 1]! += 1
}

/**
 * Returns the share of calls answered in each of the 24 hours of the customer’s local day. Adjacent hours count half,
 * and each rate is shrunk towards the customer’s overall rate. The time zone’s offset at `at` applies to all calls.
 * Empty if there are too few calls.
 */
export function answerRates(slots: Float64Array, timeZone: string, at: number): readonly number[] {
  const shift = Math.round((zoneOffsetMinutes(timeZone, at) * MINUTE_MS) / HALF_HOUR_MS)
  const calls = localHours(slots, 0, shift)
  const answered = localHours(slots, 1, shift)
  const all = sum(calls)
  const allAnswered = sum(answered)
  if (all < CALLS_MIN || allAnswered === 0) return []
  const overall = (allAnswered + 1) / (all + 2)
  return calls.map((_, hour) => (around(answered, hour) + PRIOR_CALLS * overall) / (around(calls, hour) + PRIOR_CALLS))
}

/** Returns the hour with the highest rate, the earliest of equal ones; null if there are no rates. */
export function bestHourOf(rates: readonly number[]): number | null {
  return rates.length === 0 ? null : rates.indexOf(Math.max(...rates))
}

function localHours(slots: Float64Array, part: 0 | 1, shift: number): number[] {
  return Array.from({ length: HOURS }, (_, hour) => at(2 * hour) + at(2 * hour + 1))
  function at(localHalf: number): number {
    const half = (((localHalf - shift) % HALF_HOURS) + HALF_HOURS) % HALF_HOURS
    return slots[2 * half + part]!
  }
}

function around(counts: readonly number[], hour: number): number {
  return counts[hour]! + BESIDE * (counts[(hour + HOURS - 1) % HOURS]! + counts[(hour + 1) % HOURS]!)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
