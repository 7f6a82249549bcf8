import { sql } from 'kysely'
import type { Reader } from '../../database.ts'
import type { PageRequest } from '../../sql/page.ts'
import { dayOf, upTo } from './day-of.ts'

/** A customer's events of a topic on one day. */
export interface DailyEvents {
  /** Day and topic. */
  readonly id: string
  readonly topic: string
  readonly events: number
  /** Time of the day's last one. */
  readonly occurredAt: Date
}

/**
 * Lists the events of topics that have no table of their own, by day, newest first. The scores say which events there
 * were: each of a customer's events is scored, and a score names the record that caused it.
 */
export async function dailyEvents(
  database: Reader,
  customerId: string,
  topics: readonly string[],
  utcOffsetMinutes: number,
  { limit, after }: PageRequest,
): Promise<DailyEvents[]> {
  const { rows } = await sql<DailyEvents>`
    select * from (
      select to_char(day, 'YYYY-MM-DD') || '/' || input_topic as id, input_topic as topic,
        count(distinct (input_partition, input_offset))::int as events, max(occurred_at) as occurred_at
      from (
        select input_topic, input_partition, input_offset, occurred_at, ${dayOf(utcOffsetMinutes)} as day
        from score_history where customer_id = ${customerId} and input_topic = any(${[...topics]})
          and ${upTo(after, utcOffsetMinutes)}) events
      group by day, input_topic) days
    ${after === undefined ? sql`` : sql`where (occurred_at, id) < (${after.at}, ${after.id})`}
    order by occurred_at desc, id desc limit ${limit}`.execute(database)
  return rows
}
