import { customerFeatures as features } from '../features/customers/customer.ts'
import type { JournalEntry } from '../schemas/platform/platform.ts'
import type { CustomerFeatures } from '../schemas/customers/customer-features.ts'
import type { Score } from '../schemas/models/scores.ts'

/**
 * Checks that published counters increase by one: the events counted in a customer's features and scores, the visits
 * counted in an opportunity's scores, and the transactions and offsets in a task's journal. A gap is a loss, a
 * repetition a duplicate. Pure.
 */
export interface Sequences {
  features(line: CustomerFeatures): void
  score(score: Score): void
  journal(entry: JournalEntry): void
  /** Number of the customer's events, according to its last features. */
  eventsOf(customerId: string): number
  readonly featureCount: number
  readonly customerScoreCount: number
  readonly visitScoreCount: number
  readonly transactionCount: number
  /** The first problem of each key; any later ones follow from it. */
  readonly problems: readonly string[]
}

const COUNTED = ['transactions.count', 'interactions.count'].map((name) => features.names.indexOf(name))

/** Tasks that score every input event; others score only some events. */
export const countedTasks: readonly string[] = ['loan-demand', 'call-conversion', 'conversion']

/** Number of tasks that score customers: loan-demand and call-conversion. */
export const CUSTOMER_TASKS = 2

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
  const referring = createReferringScores(countsUp)

  return {
    features({ id, customerId, values }) {
      counts.features++
      countsUp(`features of ${customerId}`, eventsIn(values))
      referring.features(id, eventsIn(values))
    },
    score({ task, subjectId, row, featuresId, visitCount }) {
      if (!countedTasks.includes(task)) return
      if (visitCount === null) {
        counts.customerScores++
        if (featuresId === null) countsUp(`${task} of ${subjectId}`, eventsIn(row))
        else referring.score(featuresId, `${task} of ${subjectId}`)
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
        // Offsets of transaction markers lie in between, so only overlaps are checked here; missing events show in the
        // counts.
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

/** Counts scores by the features that they refer to. A score may be read before its features. */
function createReferringScores(countsUp: (what: string, value: number) => void) {
  /** Number of events in features, by features id, until both tasks' scores have been seen. */
  const unscored = new Map<string, { readonly events: number; left: number }>()
  const waiting = new Map<string, string[]>()

  function score(featuresId: string, what: string): void {
    const features = unscored.get(featuresId)
    if (features === undefined) {
      waiting.set(featuresId, [...(waiting.get(featuresId) ?? []), what])
      return
    }
    countsUp(what, features.events)
    if (--features.left === 0) unscored.delete(featuresId)
  }

  return {
    score,
    features(id: string, events: number): void {
      unscored.set(id, { events, left: CUSTOMER_TASKS })
      const early = waiting.get(id) ?? []
      waiting.delete(id)
      for (const what of early) score(id, what)
    },
  }
}
