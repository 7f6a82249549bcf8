import { zoneOffsetMinutes } from '../../features/time-zone.ts'
import { DAY_MS, MINUTE_MS } from '../../schemas/durations.ts'
import type { EmailTarget } from '../../schemas/deliveries/channels.ts'

type DigestTimes = Pick<EmailTarget, 'digestMinutes' | 'digestAt' | 'timeZone'>

export function isDigest({ digestMinutes, digestAt }: DigestTimes): boolean {
  return digestMinutes !== null || digestAt !== null
}

/**
 * Returns when the digest with a message of time `at` is due, in ms since 1970; immediately if the target wants no
 * digests. Due times lie on a fixed grid, so that every process computes the same ones.
 */
export function digestDue({ digestMinutes, digestAt, timeZone }: DigestTimes, at: number): number {
  if (digestMinutes !== null) {
    const every = digestMinutes * MINUTE_MS
    return Math.floor(at / every) * every + every
  }
  if (digestAt === null) return at
  const [hour, minute] = digestAt.split(':').map(Number) as [number, number]
  const wanted = (hour * 60 + minute) * MINUTE_MS
  const today = Math.floor((at + offsetMs(timeZone, at)) / DAY_MS)
  // If the clock skips that time, the digest is late by as much; if it shows it twice, the digest is sent once.
  for (let day = today; ; day++) {
    const local = day * DAY_MS + wanted
    const guess = local - offsetMs(timeZone, local - offsetMs(timeZone, at))
    if (guess > at) return guess
  }
}

function offsetMs(timeZone: string, at: number): number {
  return zoneOffsetMinutes(timeZone, at) * MINUTE_MS
}
