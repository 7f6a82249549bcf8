import { sql, type RawBuilder } from 'kysely'
import type { Reader } from '../database.ts'

/** What conditions of groups ask of a customer. */
export interface GroupFacts {
  readonly customerId: string
  readonly segment: string | null
  readonly residence: string | null
  /** In the order of the asked places; none where the customer has features of another set, or none at all. */
  readonly values: readonly (number | null)[]
}

const BATCH = 5_000

/** A set of features, and which of its values are asked for, from 0 on. */
interface Asked {
  readonly featureSet: string
  readonly places: readonly number[]
}

/** Of all customers, in batches, in order of id: only the values that are asked for leave the database. */
export async function* factsOfCustomers(database: Reader, asked: Asked): AsyncGenerator<readonly GroupFacts[]> {
  for (let after: string | undefined; ;) {
    const behind = after === undefined ? sql`` : sql`where customer_id > ${after}`
    const { rows } = await sql<GroupFacts>`
      ${selected(asked)} ${behind} order by customer_id limit ${BATCH}`.execute(database)
    if (rows.length > 0) yield rows
    if (rows.length < BATCH) return
    after = rows.at(-1)!.customerId
  }
}

function selected({ featureSet, places }: Asked): RawBuilder<unknown> {
  const values = places.map((place) => sql`"values"[${sql.lit(place + 1)}]`)
  const row = sql`array[${sql.join(values)}]::real[]`
  return sql`select customer_id, segment, residence, case when feature_set = ${featureSet} then ${row} else '{}' end as "values"
    from customers`
}
