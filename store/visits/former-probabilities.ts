import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** An opportunity whose record says that it is open, or was changed after a time. */
export interface RecentOpportunity {
  readonly opportunityId: string
  readonly customerId: string
  readonly status: string
  /** Event time of the newest record. */
  readonly occurredAt: Date
}

/** Returns a salesperson's opportunities that are open or were changed after that time, by id. */
export function recentOpportunities(
  database: Reader,
  salespersonId: string,
  since: Date,
): Promise<RecentOpportunity[]> {
  return database
    .selectFrom('opportunities')
    .select(['opportunityId', 'customerId', 'status', 'occurredAt'])
    .where('salespersonId', '=', salespersonId)
    .where(({ eb, or }) => or([eb('status', '=', 'open'), eb('occurredAt', '>', since)]))
    .orderBy('opportunityId')
    .execute()
}

/**
 * Returns the probability of conversion that each opportunity had at that time, by its id: of the newest score with an
 * event time up to then, null if there was no model. One that had no score then is left out.
 */
export async function formerProbabilities(
  database: Reader,
  of: readonly { readonly opportunityId: string; readonly customerId: string }[],
  at: Date,
): Promise<ReadonlyMap<string, number | null>> {
  if (of.length === 0) return new Map()
  const { rows } = await sql<{ opportunityId: string; probability: number | null }>`
    select asked.opportunity_id, s.probability
    from unnest(${of.map(({ opportunityId }) => opportunityId)}::text[], ${of.map(({ customerId }) => customerId)}::text[])
      as asked (opportunity_id, customer_id)
    cross join lateral (
      select probability from score_history
      where customer_id = asked.customer_id and task = 'conversion' and subject_id = asked.opportunity_id
        and occurred_at <= ${at}
      order by occurred_at desc, id desc limit 1
    ) s`.execute(database)
  return new Map(rows.map((row) => [row.opportunityId, row.probability]))
}
