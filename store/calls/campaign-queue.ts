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

export interface QueueFilter {
  readonly campaign: string
  readonly state?: string
  readonly customerId?: string
  readonly list?: string
}

/** The most valuable calls first. */
export async function listQueue(
  database: Reader,
  { campaign, state, customerId, list }: QueueFilter,
  { limit, after }: RankRequest,
): Promise<QueueRow[]> {
  let query = database
    .selectFrom('campaign_queue')
    .select(queueRows.fields)
    .where('campaign', '=', campaign)
    .orderBy('expectedValue', 'desc')
    .orderBy('customerId')
    .limit(limit)
  if (state !== undefined) query = query.where('state', '=', state)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (list !== undefined) query = query.where('list', '=', list)
  if (after !== undefined)
    query = query.where(sql<boolean>`(-expected_value, customer_id) > (${-after.value}::double precision, ${after.id})`)
  return query.execute()
}

/** How many customers of a campaign are in each state. */
export async function countQueue(
  database: Reader,
  campaign: string,
): Promise<readonly { readonly state: string; readonly customers: number; readonly called: number }[]> {
  const { rows } = await sql<{ state: string; customers: number; called: number }>`
    select state, count(*)::int as customers, (count(*) filter (where attempts > 0))::int as called
    from campaign_queue where campaign = ${campaign} group by state order by state`.execute(database)
  return rows
}

/** What came of its calls: of each call the latest outcome, the most frequent first. */
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

/** On which other lists, that are still called, these customers are. */
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
