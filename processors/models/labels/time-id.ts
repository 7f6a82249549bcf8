import { TIME_MIN_MS } from '../../../schemas/check-event.ts'

/** Digits of the longest valid event time, counted from the earliest one. */
const DIGITS = 15

/** Returns a valid event time (ms) as part of a record id; ids sort by time. */
export function timeId(at: number): string {
  return String(at - TIME_MIN_MS).padStart(DIGITS, '0')
}
