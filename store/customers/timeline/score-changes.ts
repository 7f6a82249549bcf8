import { sql } from 'kysely'
import { ofTeam } from '../../access/owned.ts'
import type { Reader } from '../../database.ts'
import type { PageRequest } from '../../sql/page.ts'
import { dayOf, upTo } from './day-of.ts'

/** A smaller change from one day to the next is not worth a salesperson's attention. */
const MARKED_CHANGE = 0.05

/** A score that differs markedly from that of the last day with one. */
export interface ScoreChange {
  readonly id: string
  readonly task: string
  readonly opportunityId: string | null
  /** null: the first score of its subject. */
  readonly before: number | null
  readonly probability: number
  readonly occurredAt: Date
}

interface VisibleTo {
  readonly customerId: string
  /** Without the scores of other salespeople's opportunities. */
  readonly salespersonId?: string
  /** Without the scores of other teams' opportunities. */
  readonly teamId?: string
}

/**
 * Lists the marked changes of a customer's scores from day to day, newest first. The last score of a day counts.
 */
export async function scoreChanges(
  database: Reader,
  { customerId, salespersonId, teamId }: VisibleTo,
  utcOffsetMinutes: number,
  { limit, after }: PageRequest,
): Promise<ScoreChange[]> {
  const ofSalesperson =
    salespersonId === undefined ? sql`true` : sql`salesperson_id is not distinct from ${salespersonId}`
  const visible = sql`(opportunity_id is null or (${ofSalesperson} and ${teamId === undefined ? sql`true` : ofTeam(teamId)}))`
  const { rows } = await sql<ScoreChange>`
    with daily as (
      select distinct on (task, subject_id, day) *
      from (
        select id, task, subject_id, opportunity_id, probability, occurred_at, input_offset, ${dayOf(utcOffsetMinutes)} as day
        from score_history where customer_id = ${customerId} and probability is not null and ${visible}
          and ${upTo(after, utcOffsetMinutes)}) scores
      order by task, subject_id, day, occurred_at desc, input_offset desc nulls last, id desc),
    changes as (
      select *, lag(probability) over (partition by task, subject_id order by day) as before from daily)
    select id, task, opportunity_id, before, probability, occurred_at from changes
    where (before is null or abs(probability - before) >= ${MARKED_CHANGE}::double precision)
      ${after === undefined ? sql`` : sql`and (occurred_at, id) < (${after.at}, ${after.id})`}
    order by occurred_at desc, id desc limit ${limit}`.execute(database)
  return rows
}
