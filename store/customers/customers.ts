import { CustomerFeatures, customerFeatures } from '../../schemas/customers/customer-features.ts'
import { Profile, profiles } from '../../schemas/customers/profiles.ts'
import { timestamp } from '../../schemas/avro/schema.ts'
import type { Database, Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const profileRows = rowsOf(Profile, {
  without: ['id', 'occurredAt', 'timeZone'],
  derived: { profileAt: { schema: timestamp, of: ({ occurredAt }) => occurredAt } },
})
const featureRows = rowsOf(CustomerFeatures, {
  without: ['id', 'occurredAt', 'source'],
  derived: { featuresAt: { schema: timestamp, of: ({ occurredAt }) => occurredAt } },
})

/** Profile and features come in any order, and one may never come. */
type StoredCustomer = Pick<RowOf<typeof profileRows>, 'customerId'> &
  OrNull<Omit<RowOf<typeof profileRows> & RowOf<typeof featureRows>, 'customerId'>>
type OrNull<Fields> = { readonly [K in keyof Fields]: Fields[K] | null }

declare module '../tables.ts' {
  interface Tables {
    customers: StoredCustomer
  }
}

export const profilesWriter = sinkWriter({
  topic: profiles,
  rows: profileRows,
  tables: [{ name: 'customers', key: ['customerId'], keep: { newestBy: ['profileAt'] } }],
})

export const customerFeaturesWriter = sinkWriter({
  topic: customerFeatures,
  rows: featureRows,
  tables: [{ name: 'customers', key: ['customerId'], keep: { newestBy: ['featuresAt'] } }],
})

const summary = ['customerId', 'name', 'segment', 'residence', 'featuresAt', 'source'] as const
const details = ['featureSet', 'values', 'timeZone', 'sex', 'birthYear', 'registeredPlace', 'attributes'] as const
export type CustomerSummary = Pick<StoredCustomer, (typeof summary)[number]>
type Customer = Pick<StoredCustomer, (typeof summary | typeof details)[number]>

/** In order of id, from behind `after` on; `search` is looked for in id and name. */
export function listCustomers(
  database: Reader,
  { search, after, limit }: { readonly search?: string; readonly after?: string; readonly limit: number },
): Promise<CustomerSummary[]> {
  let query = database.selectFrom('customers').select(summary).orderBy('customerId').limit(limit)
  if (after !== undefined) query = query.where('customerId', '>', after)
  if (search !== undefined) {
    const pattern = `%${search.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
    query = query.where((where) => where.or([where('customerId', 'ilike', pattern), where('name', 'ilike', pattern)]))
  }
  return query.execute()
}

export function customerById(database: Database, customerId: string): Promise<Customer | undefined> {
  return database
    .selectFrom('customers')
    .select([...summary, ...details])
    .where('customerId', '=', customerId)
    .executeTakeFirst()
}
