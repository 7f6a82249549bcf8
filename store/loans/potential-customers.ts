import { sql } from 'kysely'
import { PotentialCustomer, potentialCustomers } from '../../schemas/loans/potential-customers.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { RankRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const potentialRows = rowsOf(PotentialCustomer, { without: ['source'] })
type PotentialRow = RowOf<typeof potentialRows>

declare module '../tables.ts' {
  interface Tables {
    potential_customers: PotentialRow
  }
}

/** The last published state of a customer wins; former potential customers are kept as such. */
export const potentialCustomersWriter = sinkWriter({
  topic: potentialCustomers,
  rows: potentialRows,
  tables: [{ name: 'potential_customers', key: ['customerId'], keep: 'last' }],
})

export type ListedPotentialCustomer = Omit<PotentialRow, 'id' | 'potential'> & { readonly name: string | null }

/** Lists the customers above the threshold and those who are explored at random, the highest estimate first. */
export async function listPotentialCustomers(
  database: Reader,
  { limit, after }: RankRequest,
): Promise<ListedPotentialCustomer[]> {
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
      'p.explored',
      'p.propensity',
    ])
    .where('p.potential', '=', true)
    .orderBy('p.estimate', 'desc')
    .orderBy('p.customerId')
    .limit(limit)
  if (after !== undefined)
    query = query.where(sql<boolean>`(-p.estimate, p.customer_id) > (${-after.value}::double precision, ${after.id})`)
  return potentialRows.read(await query.execute())
}
