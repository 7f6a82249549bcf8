import { DAY_MS, HOUR_MS } from '../schemas/durations.ts'

/**
 * All of China keeps Shanghai's clock officially: the world's days begin at its midnight. It has had no summer time
 * since 1991.
 */
const SHANGHAI_MS = 8 * HOUR_MS

/** A day of the simulated world. */
export interface Day {
  /** Counted from the world's first day, 0. */
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

/** The day with this index of a world that begins at a Shanghai midnight. */
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

/** A whole millisecond at that hour (fractions allowed) of the day; what runs over midnight stays within the day. */
export function atHour(day: Day, hour: number): number {
  return day.startAt + Math.min(DAY_MS - 1, Math.max(0, Math.round(hour * HOUR_MS)))
}
