import { sql } from 'kysely'
import type { Database, Reader } from '../database.ts'

/** The columns that lists show of an opportunity, apart from its rank. */
export interface OpportunityBrief {
  readonly opportunityId: string
  readonly customerName: string | null
  readonly teamId: string | null
  readonly product: string | null
  readonly stage: string | null
  readonly valueMinor: number | null
  readonly currency: string | null
  /** null if its visits were never flagged. */
  readonly verdict: string | null
}

export async function opportunityBriefs(
  database: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OpportunityBrief>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .selectFrom('opportunities as o')
    .leftJoin('customers as c', 'c.customerId', 'o.customerId')
    .leftJoin('assessments as a', 'a.opportunityId', 'o.opportunityId')
    .select([
      'o.opportunityId',
      'c.name as customerName',
      'o.teamId',
      'o.product',
      'o.stage',
      'o.valueMinor',
      'o.currency',
      'a.verdict',
    ])
    .where('o.opportunityId', '=', sql<string>`any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.opportunityId, row]))
}

/** Returns the names of these customers; customers without a known name are left out. */
export async function customerNames(database: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .selectFrom('customers')
    .select(['customerId', 'name'])
    .where('customerId', '=', sql<string>`any(${[...new Set(ids)]})`)
    .where('name', 'is not', null)
    .execute()
  return new Map(rows.map(({ customerId, name }) => [customerId, name!]))
}

/** Returns whether any customer came from that source system. */
export async function hasCustomersFrom(database: Database, source: string): Promise<boolean> {
  const query = database.selectFrom('customers').select('customerId').where('source', '=', source).limit(1)
  return (await query.executeTakeFirst()) !== undefined
}
