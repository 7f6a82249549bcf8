import { DAY_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { callDays, type CallDay } from '../../../schemas/calls/contact-terms.ts'
import { isTimeZone, zoneOffsetMinutes } from '../../time-zone.ts'

export interface LocalTime {
  /** Days since 1970-01-01 in the zone’s calendar. */
  readonly day: number
  /** Minutes since midnight by the zone’s clock. */
  readonly minute: number
}

export function localTime(zone: string, at: number): LocalTime {
  const local = at + zoneOffsetMinutes(zone, at) * MINUTE_MS
  const day = Math.floor(local / DAY_MS)
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) }
}

/**
 * Returns when the zone’s clock shows this time, in ms since 1970. A time skipped by daylight saving maps to as much
 * later.
 */
export function instantOf(zone: string, { day, minute }: LocalTime): number {
  const local = day * DAY_MS + minute * MINUTE_MS
  const offsetAt = (at: number) => zoneOffsetMinutes(zone, at) * MINUTE_MS
  return local - offsetAt(local - offsetAt(local))
}

/** 1970 began on a Thursday. */
export function weekday(day: number): CallDay {
  return callDays[(((day + 3) % 7) + 7) % 7]!
}

/** Formats a day as `YYYY-MM-DD`, like the holidays of contact rules. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

export function minuteOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

export function clockTime({ day, minute }: LocalTime): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${dateOf(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/**
 * Whether a time zone names a place. `UTC`, the default of a profile, and fixed offsets do not, and they ignore
 * daylight saving.
 */
export function isPlace(zone: string): boolean {
  return zone.includes('/') && !zone.startsWith('Etc/') && isTimeZone(zone)
}
