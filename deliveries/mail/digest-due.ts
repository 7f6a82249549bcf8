import { zoneOffsetMinutes } from '../../features/time-zone.ts'
import { DAY_MS, MINUTE_MS } from '../../schemas/durations.ts'
import type { EmailTarget } from '../../schemas/deliveries/channels.ts'

type DigestTimes = Pick<EmailTarget, 'digestMinutes' | 'digestAt' | 'timeZone'>

export function isDigest({ digestMinutes, digestAt }: DigestTimes): boolean {
  return digestMinutes !== null || digestAt !== null
}

/**
 * When the digest with a message of that moment is sent, in ms since 1970; at once where each message is a mail. The
 * times lie on a fixed grid, so that every process finds the same.
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
  // Where the clocks skip that time the digest comes as much later; where they show it twice, once.
  for (let day = today; ; day++) {
    const local = day * DAY_MS + wanted
    const guess = local - offsetMs(timeZone, local - offsetMs(timeZone, at))
    if (guess > at) return guess
  }
}

function offsetMs(timeZone: string, at: number): number {
  return zoneOffsetMinutes(timeZone, at) * MINUTE_MS
}
