import { customerFeatures as features } from '../features/customers/customer.ts'
import type { JournalEntry } from '../schemas/platform/platform.ts'
import type { CustomerFeatures } from '../schemas/customers/customer-features.ts'
import type { Score } from '../schemas/models/scores.ts'

/**
 * Published counters must increase by one: a customer's features and scores by the events that they hold, an
 * opportunity's scores by its visits, a task's journal by its transactions and the offsets that they folded. A loss
 * is a gap, a double a repeat. Pure.
 */
export interface Sequences {
  features(line: CustomerFeatures): void
  score(score: Score): void
  journal(entry: JournalEntry): void
  /** Of the customer, as its last features count them. */
  eventsOf(customerId: string): number
  readonly featureCount: number
  readonly customerScoreCount: number
  readonly visitScoreCount: number
  readonly transactionCount: number
  /** The first of each key; all further ones follow from it. */
  readonly problems: readonly string[]
}

const COUNTED = ['transactions.count', 'interactions.count'].map((name) => features.names.indexOf(name))

/** Tasks of which every input event is scored; others score some events only. */
export const countedTasks: readonly string[] = ['loan-demand', 'call-conversion', 'conversion']

export function createSequences(): Sequences {
  const last = new Map<string, number>()
  const broken = new Set<string>()
  const problems: string[] = []
  const counts = { features: 0, customerScores: 0, visitScores: 0, transactions: 0 }

  function follows(what: string, value: number, expected: number): void {
    if (value === expected || broken.has(what)) return
    broken.add(what)
    problems.push(
      `${what}: ${value} follows where ${expected} was due${value < expected ? ' (a double)' : ' (a loss)'}`,
    )
  }

  function countsUp(what: string, value: number): void {
    follows(what, value, (last.get(what) ?? 0) + 1)
    last.set(what, value)
  }

  const eventsIn = (row: readonly number[]) => COUNTED.reduce((sum, index) => sum + row[index]!, 0)

  return {
    features({ customerId, values }) {
      counts.features++
      countsUp(`features of ${customerId}`, eventsIn(values))
    },
    score({ task, subjectId, row, visitCount }) {
      if (!countedTasks.includes(task)) return
      if (visitCount === null) {
        counts.customerScores++
        countsUp(`${task} of ${subjectId}`, eventsIn(row))
      } else {
        counts.visitScores++
        countsUp(`${task} of ${subjectId}`, visitCount)
      }
    },
    journal({ processor, partition, sequence, slices }) {
      counts.transactions++
      countsUp(`journal of ${processor}/${partition}`, sequence)
      for (const { topic, from, to } of slices) {
        const what = `offsets of ${topic} in the journal of ${processor}/${partition}`
        const before = last.get(what) ?? from
        // Transaction markers are in between: missing events show in the counts.
        if (from < before) follows(what, from, before)
        last.set(what, to)
      }
    },
    eventsOf: (customerId) => last.get(`features of ${customerId}`) ?? 0,
    get featureCount() {
      return counts.features
    },
    get customerScoreCount() {
      return counts.customerScores
    },
    get visitScoreCount() {
      return counts.visitScores
    },
    get transactionCount() {
      return counts.transactions
    },
    problems,
  }
}
