import { sql } from 'kysely'
import { CustomerFeatures, customerFeatures } from '../../schemas/customers/customer-features.ts'
import { Profile, profiles } from '../../schemas/customers/profiles.ts'
import { string, timestamp } from '../../schemas/avro/schema.ts'
import { ofTeamsCustomers } from '../access/owned.ts'
import type { Database, Reader } from '../database.ts'
import { createPartitions, requireStorableTime } from '../models/history-partitions.ts'
import { sinkWriter, valuesOf } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const profileRows = rowsOf(Profile, {
  without: ['id', 'occurredAt', 'timeZone'],
  derived: {
    profileAt: { schema: timestamp, of: ({ occurredAt }) => occurredAt },
    // The column `timeZone` belongs to the features, which may be older than the profile.
    profileTimeZone: { schema: string, of: ({ timeZone }) => timeZone },
  },
})
const featureRows = rowsOf(CustomerFeatures, {
  without: ['source'],
  derived: {
    occurredAt: { schema: timestamp, of: ({ occurredAt }) => requireStorableTime(occurredAt) },
    featuresAt: { schema: timestamp, of: ({ occurredAt }) => occurredAt },
    featuresId: { schema: string, of: ({ id }) => id },
  },
})
type FeatureRow = RowOf<typeof featureRows>

/** Profile and features arrive in any order, and one of them may never arrive. */
type StoredCustomer = Pick<RowOf<typeof profileRows>, 'customerId'> &
  OrNull<Omit<RowOf<typeof profileRows> & FeatureRow, 'customerId' | 'id' | 'occurredAt'>>
type OrNull<Fields> = { readonly [K in keyof Fields]: Fields[K] | null }

declare module '../tables.ts' {
  interface Tables {
    customers: StoredCustomer
    feature_history: Omit<FeatureRow, 'timeZone' | 'featuresAt' | 'featuresId'>
  }
}

export const profilesWriter = sinkWriter({
  topic: profiles,
  rows: profileRows,
  tables: [{ name: 'customers', key: ['customerId'], keep: { newestBy: ['profileAt'] } }],
  decisive: true,
})

/** Stores all features as they were served, which scores refer to, and the newest of each customer. */
export const customerFeaturesWriter = sinkWriter({
  topic: customerFeatures,
  rows: featureRows,
  tables: [
    {
      name: 'customers',
      key: ['customerId'],
      keep: { newestBy: ['featuresAt'] },
      columns: ['customerId', 'featureSet', 'values', 'timeZone', 'featuresAt', 'featuresId'],
    },
    {
      name: 'feature_history',
      key: ['id', 'occurredAt'],
      keep: 'first',
      expiresBy: 'occurredAt',
      columns: ['id', 'customerId', 'occurredAt', 'featureSet', 'values'],
    },
  ],
  prepare: (database, events) =>
    createPartitions(
      database,
      'feature_history',
      valuesOf(events).map(({ occurredAt }) => occurredAt),
    ),
})

const summary = ['customerId', 'name', 'segment', 'residence', 'featuresAt', 'source'] as const
const details = ['featureSet', 'values', 'timeZone', 'sex', 'birthYear', 'registeredPlace', 'attributes'] as const
export type CustomerSummary = Pick<StoredCustomer, (typeof summary)[number]>
type Customer = Pick<StoredCustomer, (typeof summary | typeof details)[number]>

interface CustomersRequest {
  readonly search?: string
  /** Only customers with whom this team has an opportunity. */
  readonly teamId?: string
  readonly after?: string
  readonly limit: number
}

/** Lists customers by id, starting after `after`. `search` is matched against id and name. */
export function listCustomers(
  database: Reader,
  { search, teamId, after, limit }: CustomersRequest,
): Promise<CustomerSummary[]> {
  let query = database.selectFrom('customers').select(summary).orderBy('customerId').limit(limit)
  if (after !== undefined) query = query.where('customerId', '>', after)
  if (teamId !== undefined) query = query.where(ofTeamsCustomers(teamId, 'customer_id'))
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

/** Other tables that may hold rows of a customer. */
const TABLES = ['opportunities', 'visits', 'alerts', 'assessments'] as const
export type TablesOfCustomer = Readonly<Record<(typeof TABLES)[number], boolean>>

/**
 * Returns which tables have rows of a customer. Most customers have rows in few of them, so one query saves several.
 */
export async function tablesOfCustomer(database: Database, customerId: string): Promise<TablesOfCustomer> {
  const each = TABLES.map(
    (table) => sql`exists (select from ${sql.table(table)} where customer_id = ${customerId}) as ${sql.ref(table)}`,
  )
  const { rows } = await sql<TablesOfCustomer>`select ${sql.join(each)}`.execute(database)
  return rows[0]!
}
