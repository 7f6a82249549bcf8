import { DAY_MS, HOUR_MS } from '../schemas/durations.ts'

/**
 * Offset of Shanghai from UTC. All of China officially uses its time, without daylight saving since 1991, and the
 * world's days begin at its midnight.
 */
const SHANGHAI_MS = 8 * HOUR_MS

/** A day of the simulated world. */
export interface Day {
  /** Number of the day, 0 for the world's first. */
  readonly index: number
  readonly startAt: number
  readonly endAt: number
  /** 1 to 31. */
  readonly dayOfMonth: number
  readonly weekend: boolean
}

export function shanghaiMidnight(at: number): number {
  return Math.floor((at + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS
}

/** Returns the day with this index in a world that begins at a Shanghai midnight. */
export function dayOf(worldStartAt: number, index: number): Day {
  const startAt = worldStartAt + index * DAY_MS
  const local = new Date(startAt + SHANGHAI_MS)
  const weekday = local.getUTCDay()
  return {
    index,
    startAt,
    endAt: startAt + DAY_MS,
    dayOfMonth: local.getUTCDate(),
    weekend: weekday === 0 || weekday === 6,
  }
}

/** Returns the time at that hour of the day (fractions allowed) in whole milliseconds, clamped to the day. */
export function atHour(day: Day, hour: number): number {
  return day.startAt + Math.min(DAY_MS - 1, Math.max(0, Math.round(hour * HOUR_MS)))
}
