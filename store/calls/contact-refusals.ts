import { sql } from 'kysely'
import { ContactRefusal, contactRefusals } from '../../schemas/calls/contact-refusals.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const refusalRows = rowsOf(ContactRefusal)
export type RefusalRow = RowOf<typeof refusalRows>

declare module '../tables.ts' {
  interface Tables {
    contact_refusals: RefusalRow
  }
}

export const contactRefusalsWriter = sinkWriter({
  topic: contactRefusals,
  rows: refusalRows,
  tables: [{ name: 'contact_refusals', key: ['id'], keep: 'first' }],
})

export interface RefusalFilter {
  readonly customerId?: string
  readonly campaign?: string
  readonly rule?: string
}

/** Lists refusals, newest first. */
export async function listRefusals(
  database: Reader,
  { customerId, campaign, rule }: RefusalFilter,
  { limit, after }: PageRequest,
): Promise<RefusalRow[]> {
  let query = database
    .selectFrom('contact_refusals')
    .select(refusalRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (campaign !== undefined) query = query.where('campaign', '=', campaign)
  if (rule !== undefined) query = query.where('rule', '=', rule)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}::timestamptz, ${after.id})`)
  return refusalRows.read(await query.execute())
}

export interface RefusalCount {
  readonly campaign: string
  readonly rule: string
  readonly ruleVersion: number | null
  readonly refusals: number
  readonly customers: number
  readonly newestAt: Date
  /** Detail of the newest refusal. */
  readonly detail: string
}

/** Counts refusals since then by campaign and rule, within a campaign those that affect most customers first. */
export async function countRefusals(
  database: Reader,
  { since, campaign }: { readonly since: Date; readonly campaign?: string | undefined },
): Promise<RefusalCount[]> {
  const { rows } = await sql<RefusalCount>`
    select campaign, rule, rule_version, count(*)::int as refusals, count(distinct customer_id)::int as customers,
      max(occurred_at) as newest_at, (array_agg(detail order by occurred_at desc, id desc))[1] as detail
    from contact_refusals where occurred_at >= ${since} ${campaign === undefined ? sql`` : sql`and campaign = ${campaign}`}
    group by campaign, rule, rule_version order by campaign, customers desc, rule`.execute(database)
  return rows
}
