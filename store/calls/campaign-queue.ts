import { sql } from 'kysely'
import { campaignQueue, QueuedEntry } from '../../schemas/calls/campaign-queue.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { RankRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const queueRows = rowsOf(QueuedEntry)
export type QueueRow = RowOf<typeof queueRows>

declare module '../tables.ts' {
  interface Tables {
    campaign_queue: QueueRow
  }
}

export const campaignQueueWriter = sinkWriter({
  topic: campaignQueue,
  rows: queueRows,
  tables: [{ name: 'campaign_queue', key: ['campaign', 'customerId'], keep: 'last' }],
})

/**
 * A queue entry. After a refusal at dispatch, `refusedUntil` says until when the customer is skipped; null if there was
 * none.
 */
export type ListedRow = QueueRow & { readonly refusedUntil: Date | null }

export interface QueueFilter {
  readonly campaign: string
  readonly state?: string
  readonly customerId?: string
  readonly list?: string
}

/** Lists a campaign's queue in the order in which it is called. */
export async function listQueue(
  database: Reader,
  { campaign, state, customerId, list }: QueueFilter,
  { limit, after }: RankRequest,
): Promise<ListedRow[]> {
  let query = database
    .selectFrom('campaign_queue')
    .select(queueRows.fields)
    .select(({ selectFrom }) =>
      selectFrom('dispatch_deferrals as d')
        .select('d.until')
        .whereRef('d.campaign', '=', 'campaign_queue.campaign')
        .whereRef('d.customerId', '=', 'campaign_queue.customerId')
        .as('refusedUntil'),
    )
    .where('campaign', '=', campaign)
    .orderBy(sql`order_value`, 'desc')
    .orderBy('customerId')
    .limit(limit)
  if (state !== undefined) query = query.where('state', '=', state)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (list !== undefined) query = query.where('list', '=', list)
  if (after !== undefined)
    query = query.where(sql<boolean>`(-order_value, customer_id) > (${-after.value}::double precision, ${after.id})`)
  return query.execute()
}

export interface StateCount {
  readonly state: string
  readonly customers: number
  /** The customers that were called at least once, and those with at least one call that reached or interested them. */
  readonly called: number
  readonly reached: number
  readonly interested: number
}

interface OutcomeCodes {
  readonly reached: readonly string[]
  readonly interested: readonly string[]
}

/** Counts the customers of a campaign in each state, and how many were called, reached and interested. */
export async function countQueue(
  database: Reader,
  campaign: string,
  { reached, interested }: OutcomeCodes,
): Promise<readonly StateCount[]> {
  // `last_disposition` also covers calls known only from their call event, which have no attempt.
  const { rows } = await sql<StateCount>`
    with newest as (
      select distinct on (attempt_id) customer_id, disposition from call_attempts
      where campaign = ${campaign} and step = 'completed' and disposition is not null
      order by attempt_id, occurred_at desc, id desc),
    told as (
      select customer_id, bool_or(disposition = any(${reached}::text[])) as reached,
        bool_or(disposition = any(${interested}::text[])) as interested from newest group by customer_id)
    select state, count(*)::int as customers, (count(*) filter (where attempts > 0))::int as called,
      (count(*) filter (where last_disposition = any(${reached}::text[]) or reached))::int as reached,
      (count(*) filter (where last_disposition = any(${interested}::text[]) or interested))::int as interested
    from campaign_queue left join told using (customer_id)
    where campaign = ${campaign} group by state order by state`.execute(database)
  return rows
}

/** Counts the calls of a campaign by their latest outcome, the most frequent first. */
export async function countOutcomes(
  database: Reader,
  campaign: string,
): Promise<readonly { readonly disposition: string; readonly calls: number; readonly customers: number }[]> {
  const { rows } = await sql<{ disposition: string; calls: number; customers: number }>`
    select disposition, count(*)::int as calls, count(distinct customer_id)::int as customers from (
      select distinct on (attempt_id) attempt_id, customer_id, disposition from call_attempts
      where campaign = ${campaign} and step = 'completed' and disposition is not null
      order by attempt_id, occurred_at desc, id desc) newest
    group by disposition order by calls desc, disposition`.execute(database)
  return rows
}

/** Returns the other campaigns that still have these customers in their queues. */
export async function otherLists(
  database: Reader,
  { campaign, customerIds }: { readonly campaign: string; readonly customerIds: readonly string[] },
): Promise<readonly { readonly customerId: string; readonly campaign: string }[]> {
  const { rows } = await sql<{ customerId: string; campaign: string }>`
    select customer_id, campaign from campaign_queue
    where customer_id = any(${customerIds}::text[]) and campaign <> ${campaign} and state in ('waiting', 'calling', 'unknown')
    order by customer_id, campaign`.execute(database)
  return rows
}
