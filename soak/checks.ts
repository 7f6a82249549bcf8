import { setTimeout as delay } from 'node:timers/promises'
import type { CommandContext } from '../composition/context.ts'
import { customerFeatures as features } from '../features/customers/customer.ts'
import { transactions } from '../schemas/customers/banking.ts'
import { interactions } from '../schemas/customers/interactions.ts'
import { journal } from '../schemas/platform/platform.ts'
import { customerFeatures } from '../schemas/customers/customer-features.ts'
import { scores } from '../schemas/models/scores.ts'
import type { Topic } from '../schemas/topic.ts'
import { visits } from '../schemas/visits/visits.ts'
import type { Database } from '../store/database.ts'
import type { Tally } from './events.ts'
import { createFollower, follow } from './follower.ts'
import { createInputs } from './inputs.ts'
import { countedTasks, createSequences, type Sequences } from './sequences.ts'

/**
 * Compares what was published to the platform with what the platform published, and both with the database. Own
 * counting, none of the platform's.
 */
export interface Checks {
  /**
   * Waits until everything has come out, then checks all of it. Gives what is wrong; empty: nothing is lost, nothing
   * doubled.
   */
  untilSettled(tally: Tally, resentIds: ReadonlySet<string>): Promise<readonly string[]>
  /** Reads on; how many lines of features there are. */
  progress(): Promise<number>
  readonly sequences: Sequences
  close(): Promise<void>
}

const LOOK_MS = 200
/** Two tasks score customers: loan-demand and call-conversion. */
const CUSTOMER_TASKS = 2

/** `stuckMsMax`: the longest time without output although some was due. */
export function createChecks(context: CommandContext, database: Database, stuckMsMax: number): Checks {
  const sequences = createSequences()
  const inputs = createInputs()
  const follower = createFollower(context, [
    follow(customerFeatures, (line) => sequences.features(line)),
    follow(scores, (score) => sequences.score(score)),
    follow(journal, (entry) => sequences.journal(entry)),
    ...[transactions, interactions, visits].map((topic) =>
      follow(topic as Topic, (event) => inputs.take((event as { readonly id: string }).id)),
    ),
  ])
  let reported = 0

  async function rows(): Promise<number> {
    // A database that was killed is back before the round ends; until then there is nothing to count.
    const { rows: found } = await database.pool.query<{ count: number }>(
      'select count(*)::int as count from score_history where task = any($1)',
      [countedTasks],
    )
    return found[0]!.count
  }

  /** Each is `[what, there, due]`. */
  async function outcome(tally: Tally): Promise<readonly (readonly [string, number, number])[]> {
    await follower.readOn()
    const customerScores = CUSTOMER_TASKS * tally.featuredCount
    return [
      ['lines of features', sequences.featureCount, tally.featuredCount],
      ['scores of customers', sequences.customerScoreCount, customerScores],
      ['scores of visits', sequences.visitScoreCount, tally.visitCount],
      ['rows of scores in the database', await rows().catch(() => 0), customerScores + tally.visitCount],
    ]
  }

  async function databaseProblems(tally: Tally): Promise<string[]> {
    const { rows: customers } = await database.pool.query<{ customer_id: string; values: number[] }>(
      'select customer_id, "values" from customers where "values" is not null',
    )
    const places = ['transactions.count', 'interactions.count'].map((name) => features.names.indexOf(name))
    const problems: string[] = []
    const held = new Map(
      customers.map(({ customer_id, values }) => [customer_id, places.reduce((sum, at) => sum + values[at]!, 0)]),
    )
    for (const [customerId, count] of tally.featured) {
      if (sequences.eventsOf(customerId) !== count)
        problems.push(
          `${customerId}: ${count} events were published, its features count ${sequences.eventsOf(customerId)}`,
        )
      if (held.get(customerId) !== count)
        problems.push(`${customerId}: ${count} events were published, the database counts ${held.get(customerId)}`)
    }
    const { rows: twice } = await database.pool.query<{ id: string }>(
      'select id from score_history group by id having count(*) > 1 limit 3',
    )
    for (const { id } of twice) problems.push(`score ${id} is in the database more than once`)
    const { rows: letters } = await database.pool.query<{ code: string; message: string }>(
      'select code, message from dead_letters limit 3',
    )
    for (const { code, message } of letters) problems.push(`a good event became a dead letter: ${code} ${message}`)
    return problems
  }

  function newProblems(): string[] {
    const found = sequences.problems.slice(reported)
    reported = sequences.problems.length
    return found
  }

  return {
    sequences,
    async progress() {
      await follower.readOn()
      return sequences.featureCount
    },
    async untilSettled(tally, resentIds) {
      let movedAt = performance.now()
      let before = ''
      for (;;) {
        const found = await outcome(tally)
        const unsettled = found.filter(([, there, due]) => there !== due)
        if (unsettled.length === 0)
          return [...newProblems(), ...inputs.problems(tally.count, resentIds), ...(await databaseProblems(tally))]
        const words = unsettled.map(([what, there, due]) => `${there} ${what} where ${due} are due`)
        if (words.join() !== before) movedAt = performance.now()
        before = words.join()
        if (unsettled.some(([, there, due]) => there > due)) return [...words, ...newProblems()]
        if (performance.now() - movedAt > stuckMsMax)
          return [`stuck for ${stuckMsMax / 1000} s`, ...words, ...newProblems()]
        await delay(LOOK_MS)
      }
    },
    close: () => follower.close(),
  }
}
