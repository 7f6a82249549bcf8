import { timeFromIso } from '../../schemas/json/iso-time.ts'

/** Whether a time (ms since 1970) is within the tolerance of now, before or after. */
export function isWithin(at: number, toleranceS: number, now: number): boolean {
  return Math.abs(now - at) <= toleranceS * 1_000
}

/**
 * Whether a time in Unix seconds, ms or ISO 8601 is within the tolerance of now. A number within the tolerance in one
 * unit is decades away in the other.
 */
export function isTimeWithin(text: string, toleranceS: number, now: number): boolean {
  if (/^\d{1,15}(\.\d{1,9})?$/.test(text))
    return isWithin(Number(text), toleranceS, now) || isWithin(Number(text) * 1_000, toleranceS, now)
  const at = timeFromIso(text)
  return at !== undefined && isWithin(at, toleranceS, now)
}
