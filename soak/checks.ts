import { setTimeout as delay } from 'node:timers/promises'
import type { CommandContext } from '../composition/context.ts'
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
import { createSequences, CUSTOMER_TASKS, type Sequences } from './sequences.ts'
import { storedFeaturedCount, storedProblems, storedScoreCount } from './stored.ts'

/**
 * Compares the events published to the platform with the results that it published, and both with the database. It
 * counts on its own, without the platform's code for it.
 */
export interface Checks {
  /**
   * Waits until all results have arrived, then checks them. Returns the problems; empty if nothing is lost or
   * duplicated.
   */
  untilSettled(tally: Tally, resentIds: ReadonlySet<string>): Promise<readonly string[]>
  /** Reads on; returns the number of customer features records so far. */
  progress(): Promise<number>
  readonly sequences: Sequences
  close(): Promise<void>
}

const LOOK_MS = 200

/** `stuckMsMax`: longest time without new results while some are due. */
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

  /** Returns tuples of `[what, there, due]`. */
  async function outcome(tally: Tally): Promise<readonly (readonly [string, number, number])[]> {
    await follower.readToEnd()
    const customerScores = CUSTOMER_TASKS * tally.featuredCount
    return [
      ['lines of features', sequences.featureCount, tally.featuredCount],
      ['scores of customers', sequences.customerScoreCount, customerScores],
      ['scores of visits', sequences.visitScoreCount, tally.visitCount],
      // A killed database is back before the round ends; until then the count is 0.
      [
        'rows of scores in the database',
        await storedScoreCount(database).catch(() => 0),
        customerScores + tally.visitCount,
      ],
      ['events counted in the database', await storedFeaturedCount(database).catch(() => 0), tally.featuredCount],
    ]
  }

  function newProblems(): string[] {
    const found = sequences.problems.slice(reported)
    reported = sequences.problems.length
    return found
  }

  return {
    sequences,
    async progress() {
      await follower.readToEnd()
      return sequences.featureCount
    },
    async untilSettled(tally, resentIds) {
      let movedAt = performance.now()
      let before = ''
      for (;;) {
        const found = await outcome(tally)
        const unsettled = found.filter(([, actual, expected]) => actual !== expected)
        if (unsettled.length === 0)
          return [
            ...newProblems(),
            ...inputs.problems(tally.count, resentIds),
            ...(await storedProblems(database, tally, sequences)),
          ]
        const words = unsettled.map(([what, actual, expected]) => `${actual} ${what} where ${expected} are due`)
        if (words.join() !== before) movedAt = performance.now()
        before = words.join()
        if (unsettled.some(([, actual, expected]) => actual > expected)) return [...words, ...newProblems()]
        if (performance.now() - movedAt > stuckMsMax)
          return [`stuck for ${stuckMsMax / 1000} s`, ...words, ...newProblems()]
        await delay(LOOK_MS)
      }
    },
    close: () => follower.close(),
  }
}
