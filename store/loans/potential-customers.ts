import { sql } from 'kysely'
import { array } from '../../schemas/avro/schema.ts'
import { scoreReason } from '../../schemas/customers/alerts.ts'
import type { Database } from '../database.ts'
import { readJson } from '../sql/read-json.ts'
import type { ReasonLine } from '../tables.ts'

export interface StoredPotentialCustomer {
  readonly customerId: string
  readonly name: string | null
  readonly estimate: number
  readonly threshold: number
  readonly thresholdVersion: number
  readonly modelId: string | null
  readonly since: Date
  readonly reasons: readonly ReasonLine[]
  readonly occurredAt: Date
}

/** A place in a list that is sorted by estimate, the highest first: the next page begins behind it. */
export interface RankPosition {
  readonly estimate: number
  readonly id: string
}

/** Who is above the threshold now, the highest estimate first. */
export async function listPotentialCustomers(
  database: Database,
  { limit, after }: { readonly limit: number; readonly after?: RankPosition },
): Promise<StoredPotentialCustomer[]> {
  let query = database
    .selectFrom('potential_customers as p')
    .leftJoin('customers as c', 'c.customerId', 'p.customerId')
    .select([
      'p.customerId',
      'c.name',
      'p.estimate',
      'p.threshold',
      'p.thresholdVersion',
      'p.modelId',
      'p.since',
      'p.reasons',
      'p.occurredAt',
    ])
    .where('p.potential', '=', true)
    .orderBy('p.estimate', 'desc')
    .orderBy('p.customerId')
    .limit(limit)
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(-p.estimate, p.customer_id) > (${-after.estimate}::double precision, ${after.id})`,
    )
  return readJson(await query.execute(), { reasons: array(scoreReason) })
}
