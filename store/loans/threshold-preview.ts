import { sql } from 'kysely'
import type { Reader } from '../database.ts'

const TASK = 'loan-demand'

/** A customer with the newest estimate of their usage. */
export interface EstimatedCustomer {
  readonly customerId: string
  readonly name: string | null
  readonly estimate: number
}

/** Returns how many customers have an estimate in each of the ranges between these limits, in ascending order. */
export async function countEstimates(database: Reader, limits: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ range: number; customers: number }>`
    select width_bucket(probability, ${[...limits]}::double precision[]) as range, count(*)::integer as customers
    from scores where task = ${TASK} and probability is not null group by 1`.execute(database)
  const counts = new Map(rows.map(({ range, customers }) => [range, customers]))
  // One range below the first limit, and one from the last limit on.
  return Array.from({ length: limits.length + 1 }, (_, range) => counts.get(range) ?? 0)
}

/** Returns the customers with an estimate from `from` on and below `below`, the highest first. */
export function estimatesBetween(
  database: Reader,
  { from, below }: { readonly from: number; readonly below: number },
  limit: number,
): Promise<EstimatedCustomer[]> {
  return database
    .selectFrom('scores as s')
    .leftJoin('customers as c', 'c.customerId', 's.customerId')
    .select(['s.customerId', 'c.name', sql<number>`s.probability`.as('estimate')])
    .where('s.task', '=', TASK)
    .where('s.probability', '>=', from)
    .where('s.probability', '<', below)
    .orderBy('s.probability', 'desc')
    .orderBy('s.customerId')
    .limit(limit)
    .execute()
}

/** Returns estimates whose usage has become known, the newest first: of one served row per customer and week. */
export async function estimatesWithUsage(
  database: Reader,
  limit: number,
): Promise<{ readonly estimate: number; readonly usage: number }[]> {
  const rows = await database
    .selectFrom('labelled_rows')
    .select(['probability', 'label'])
    .where('task', '=', TASK)
    .where('status', '=', 'labelled')
    .where('training', '=', true)
    .where('probability', 'is not', null)
    .where('label', 'is not', null)
    .orderBy('knownAt', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ probability, label }) => ({ estimate: probability!, usage: label! }))
}
