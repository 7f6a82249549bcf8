import { TIME_MAX_MS, TIME_MIN_MS } from '../../schemas/check-event.ts'
import { invalidBody } from '../http/problem.ts'

/** Throws a problem unless it is a possible event time, in ms since the epoch. */
export function requireTime(at: number): void {
  if (Number.isInteger(at) && at >= TIME_MIN_MS && at < TIME_MAX_MS) return
  throw invalidBody(`The time is ${at}: it must be in whole ms since 1970.`, '/at')
}
