import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { zoneOffsetMinutes } from '../../time-zone.ts'

const HALF_HOURS = 48
const HALF_HOUR_MS = HOUR_MS / 2
const HOURS = 24

/** For each half hour of UTC, calls and answered ones. */
export const ANSWERED_HOURS_SLOTS = 2 * HALF_HOURS

/** With fewer calls, or none answered, hours are not told apart. */
const CALLS_MIN = 5
/** So many calls at the customer’s overall share are added to each hour. */
const PRIOR_CALLS = 4
/** How much the hours beside an hour say of it. */
const BESIDE = 0.5

/** Counts a call that was made at that time, ms. */
export function countCall(slots: Float64Array, at: number, answered: boolean): void {
  const sinceMidnight = ((at % DAY_MS) + DAY_MS) % DAY_MS
  const start = 2 * Math.floor(sinceMidnight / HALF_HOUR_MS)
  slots[start]! += 1
  if (answered) slots[start + 1]! += 1
}

/**
 * The share of calls that are answered by hour of the customer’s day, 24 numbers: each hour with half the weight of its
 * neighbours, drawn towards the customer’s overall share. The offset of the time zone at `at` applies to all calls.
 * Empty if there are too few calls to say.
 */
export function answerRates(slots: Float64Array, timeZone: string, at: number): readonly number[] {
  const turn = Math.round((zoneOffsetMinutes(timeZone, at) * MINUTE_MS) / HALF_HOUR_MS)
  const calls = localHours(slots, 0, turn)
  const answered = localHours(slots, 1, turn)
  const all = sum(calls)
  const allAnswered = sum(answered)
  if (all < CALLS_MIN || allAnswered === 0) return []
  const overall = (allAnswered + 1) / (all + 2)
  return calls.map((_, hour) => (around(answered, hour) + PRIOR_CALLS * overall) / (around(calls, hour) + PRIOR_CALLS))
}

/** The hour with the highest share, the earliest of several; null: there are no shares. */
export function bestHourOf(rates: readonly number[]): number | null {
  return rates.length === 0 ? null : rates.indexOf(Math.max(...rates))
}

function localHours(slots: Float64Array, part: 0 | 1, turn: number): number[] {
  return Array.from({ length: HOURS }, (_, hour) => at(2 * hour) + at(2 * hour + 1))
  function at(localHalf: number): number {
    const half = (((localHalf - turn) % HALF_HOURS) + HALF_HOURS) % HALF_HOURS
    return slots[2 * half + part]!
  }
}

function around(counts: readonly number[], hour: number): number {
  return counts[hour]! + BESIDE * (counts[(hour + HOURS - 1) % HOURS]! + counts[(hour + 1) % HOURS]!)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
