import { DAY_MS } from '../../schemas/durations.ts'

/** Returns midnight UTC of a day in epoch ms; `undefined` if there is no such day. `month` counts from 1. */
export function midnightOf(year: number, month: number, day: number): number | undefined {
  // Date.UTC would map the years 0 to 99 to 1900 to 1999.
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day ? midnight.getTime() : undefined
}

/**
 * Returns a day of an ISO 8601 week in epoch ms, by default its Monday (`day` 1); `undefined` if there is no such day.
 */
export function weekDay(year: number, week: number, day = 1): number | undefined {
  const fourth = midnightOf(year, 1, 4)!
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS
  const at = monday + ((week - 1) * 7 + day - 1) * DAY_MS
  // A week belongs to the year of its Thursday.
  const thursday = new Date(monday + ((week - 1) * 7 + 3) * DAY_MS)
  return week >= 1 && day >= 1 && day <= 7 && thursday.getUTCFullYear() === year ? at : undefined
}

/** Returns a day of a year by its number from 1, in epoch ms; `undefined` if there is no such day. */
export function yearDay(year: number, day: number): number | undefined {
  const at = midnightOf(year, 1, 1)! + (day - 1) * DAY_MS
  return day >= 1 && new Date(at).getUTCFullYear() === year ? at : undefined
}

const CENTURY_FROM = 70

/** Returns the year; two digits mean 1970 to 2069. */
export function wholeYear(year: string): number {
  if (year.length > 2) return Number(year)
  return Number(year) + (Number(year) < CENTURY_FROM ? 2000 : 1900)
}
