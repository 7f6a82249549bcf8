import { sql, type RawBuilder } from 'kysely'
import { DAY_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import type { PagePosition } from '../../sql/page.ts'

/** SQL for the day of `occurred_at` by a clock that is ahead of UTC by so many minutes. */
export function dayOf(utcOffsetMinutes: number): RawBuilder<Date> {
  return sql`((occurred_at at time zone 'UTC') + make_interval(mins => ${utcOffsetMinutes}::int))::date`
}

/**
 * SQL for the scores that days up to that of `after` consist of: whole days, so that a day is the same on every page.
 */
export function upTo(after: PagePosition | undefined, utcOffsetMinutes: number): RawBuilder<unknown> {
  if (after === undefined) return sql`true`
  const offsetMs = utcOffsetMinutes * MINUTE_MS
  const nextDay = Math.floor((after.at.getTime() + offsetMs) / DAY_MS) + 1
  return sql`occurred_at < ${new Date(nextDay * DAY_MS - offsetMs)}`
}
