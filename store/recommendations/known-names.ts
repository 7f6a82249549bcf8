import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { organisationsOf, type StoredOrganisation } from './organisations.ts'

/**
 * Names repeat, so a sample of the rows holds nearly all of them and is read in milliseconds, however large the table
 * is.
 */
const ROWS_MAX = 2_000
const ORGANISATIONS_MAX = 200
const NAMES_MAX = 500

/** Returns items that customers viewed recently, the most common first. */
export async function viewedItems(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ thing: string }>`
    select thing from (select looked_at from interests limit ${ROWS_MAX}) as sampled, jsonb_array_elements_text(sampled.looked_at) as thing
    group by thing order by count(*) desc, thing limit ${NAMES_MAX}`.execute(database)
  return rows.map(({ thing }) => thing)
}

/** Returns products that opportunities are about, the most common first. */
export async function opportunityProducts(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ product: string }>`
    select product from (select product from opportunities where product is not null limit ${ROWS_MAX}) as sampled
    group by product order by count(*) desc, product limit ${NAMES_MAX}`.execute(database)
  return rows.map(({ product }) => product)
}

export async function someOrganisations(database: Database): Promise<readonly StoredOrganisation[]> {
  const rows = await database.selectFrom('organisations').select('customerId').limit(ORGANISATIONS_MAX).execute()
  return organisationsOf(
    database,
    rows.map(({ customerId }) => customerId),
  )
}
