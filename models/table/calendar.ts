import { DAY_MS } from '../../schemas/durations.ts'

/** Midnight of a day, UTC, ms since 1970; `undefined`: there is no such day. `month` from 1. */
export function midnightOf(year: number, month: number, day: number): number | undefined {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day ? midnight.getTime() : undefined
}

/** The first day of a week of ISO 8601, or another one of it (`day` from 1, a Monday). */
export function weekDay(year: number, week: number, day = 1): number | undefined {
  const fourth = midnightOf(year, 1, 4)!
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS
  const at = monday + ((week - 1) * 7 + day - 1) * DAY_MS
  // The Thursday of a week is in its year.
  const thursday = new Date(monday + ((week - 1) * 7 + 3) * DAY_MS)
  return week >= 1 && day >= 1 && day <= 7 && thursday.getUTCFullYear() === year ? at : undefined
}

/** The day of a year by its number from 1. */
export function yearDay(year: number, day: number): number | undefined {
  const at = midnightOf(year, 1, 1)! + (day - 1) * DAY_MS
  return day >= 1 && new Date(at).getUTCFullYear() === year ? at : undefined
}

const CENTURY_FROM = 70

/** Two digits mean 1970 to 2069. */
export function wholeYear(year: string): number {
  if (year.length > 2) return Number(year)
  return Number(year) + (Number(year) < CENTURY_FROM ? 2000 : 1900)
}
