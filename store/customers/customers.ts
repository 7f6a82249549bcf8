import type { Database } from '../database.ts'

export interface CustomerSummary {
  readonly customerId: string
  readonly name: string | null
  readonly segment: string | null
  readonly residence: string | null
  readonly featuresAt: Date | null
  readonly source: string | null
}

const summary = ['customerId', 'name', 'segment', 'residence', 'featuresAt', 'source'] as const

/** In order of id, from behind `after` on; `search` is looked for in id and name. */
export function listCustomers(
  database: Database,
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

export interface Customer extends CustomerSummary {
  readonly featureSet: string | null
  readonly values: readonly number[] | null
  readonly timeZone: string | null
  readonly sex: string | null
  readonly birthYear: number | null
  readonly registeredPlace: string | null
  readonly attributes: Readonly<Record<string, string>> | null
}

export function customerById(database: Database, customerId: string): Promise<Customer | undefined> {
  return database
    .selectFrom('customers')
    .select([...summary, 'featureSet', 'values', 'timeZone', 'sex', 'birthYear', 'registeredPlace', 'attributes'])
    .where('customerId', '=', customerId)
    .executeTakeFirst()
}
