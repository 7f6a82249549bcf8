/** Checks the database with queries of its own. */
import { customerFeatures as features } from '../features/customers/customer.ts'
import type { Database } from '../store/database.ts'
import type { Tally } from './events.ts'
import { countedTasks, type Sequences } from './sequences.ts'

export async function storedScoreCount(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    'select count(*)::int as count from score_history where task = any($1)',
    [countedTasks],
  )
  return rows[0]!.count
}

/**
 * Returns the number of events counted in stored features. Rows of scores and of customers are written separately, so
 * one may be complete before the other.
 */
export async function storedFeaturedCount(database: Database): Promise<number> {
  let sum = 0
  for (const count of (await storedEventCounts(database)).values()) sum += count
  return sum
}

/** Returns the problems in the database; empty if nothing is lost or duplicated. */
export async function storedProblems(
  database: Database,
  tally: Tally,
  sequences: Pick<Sequences, 'eventsOf'>,
): Promise<string[]> {
  const { rows: twice } = await database.pool.query<{ id: string }>(
    'select id from score_history group by id having count(*) > 1 limit 3',
  )
  const { rows: letters } = await database.pool.query<{ code: string; message: string }>(
    'select code, message from dead_letters limit 3',
  )
  return [
    ...customerProblems(await storedEventCounts(database), tally, sequences),
    ...twice.map(({ id }) => `score ${id} is in the database more than once`),
    ...letters.map(({ code, message }) => `a good event became a dead letter: ${code} ${message}`),
  ]
}

/** Returns the number of transactions and interactions of each customer, according to its stored features. */
async function storedEventCounts(database: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await database.pool.query<{ customer_id: string; values: number[] }>(
    'select customer_id, "values" from customers where "values" is not null',
  )
  const places = ['transactions.count', 'interactions.count'].map((name) => features.names.indexOf(name))
  return new Map(rows.map(({ customer_id, values }) => [customer_id, places.reduce((sum, at) => sum + values[at]!, 0)]))
}

function customerProblems(
  stored: ReadonlyMap<string, number>,
  tally: Tally,
  sequences: Pick<Sequences, 'eventsOf'>,
): string[] {
  const problems: string[] = []
  for (const [customerId, count] of tally.featured) {
    const published = `${customerId}: ${count} events were published`
    const counted = sequences.eventsOf(customerId)
    if (counted !== count) problems.push(`${published}, its features count ${counted}`)
    if (stored.get(customerId) !== count) problems.push(`${published}, the database counts ${stored.get(customerId)}`)
  }
  return problems
}
