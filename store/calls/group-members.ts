import { sql, type RawBuilder } from 'kysely'
import type { Reader } from '../database.ts'

/** The facts about a customer that group conditions refer to. */
export interface GroupFacts {
  readonly customerId: string
  readonly segment: string | null
  readonly residence: string | null
  /** Values in the order of the requested indices; empty if the customer has no features of this set. */
  readonly values: readonly (number | null)[]
}

const BATCH = 5_000

/** A feature set and the 0-based indices of the requested values. */
interface ValuesQuery {
  readonly featureSet: string
  readonly places: readonly number[]
}

/** Yields the facts of all customers in batches, by id. Only the requested values leave the database. */
export async function* factsOfCustomers(database: Reader, query: ValuesQuery): AsyncGenerator<readonly GroupFacts[]> {
  for (let after: string | undefined; ;) {
    const behind = after === undefined ? sql`` : sql`where customer_id > ${after}`
    const { rows } = await sql<GroupFacts>`
      ${selected(query)} ${behind} order by customer_id limit ${BATCH}`.execute(database)
    if (rows.length > 0) yield rows
    if (rows.length < BATCH) return
    after = rows.at(-1)!.customerId
  }
}

function selected({ featureSet, places }: ValuesQuery): RawBuilder<unknown> {
  const values = places.map((place) => sql`"values"[${sql.lit(place + 1)}]`)
  const row = sql`array[${sql.join(values)}]::real[]`
  return sql`select customer_id, segment, residence, case when feature_set = ${featureSet} then ${row} else '{}' end as "values"
    from customers`
}
