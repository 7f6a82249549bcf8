import type { TopicEvent } from '../../importers/importer.ts'
import { importerNamed } from '../../importers/importers.ts'
import { customerFeatures as features } from '../../features/customers/customer.ts'
import type { Dataset } from '../../models/model.ts'
import { customerFeaturesProcessor } from '../../processors/customers/customer-features.ts'
import { linkAccounts } from '../../processors/customers/link-accounts.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { outcomes, type Outcome } from '../../schemas/models/outcomes.ts'
import { profiles, type Profile } from '../../schemas/customers/profiles.ts'
import { customerFeatures, type CustomerFeatures } from '../../schemas/customers/customer-features.ts'
import type { Topic } from '../../schemas/topic.ts'
import { topicNamed } from '../../subjects/subjects.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../streams/replay/replay.ts'

const EVENTS_AT_ONCE = 5_000

export interface ServedRows {
  /** Rows in order of the time of scoring. */
  readonly data: Dataset
  /** The outcome of each row. */
  readonly outcomes: readonly Outcome[]
  /** When the outcome of each row became known, ms. */
  readonly knownAt: Float64Array
  readonly profiles: readonly (Profile | undefined)[]
}

/** An event of a topic, and when the platform learned of it, ms. */
export interface KnownEvent extends TopicEvent {
  readonly at: number
}

/** Returns the rows of a public data set; every event is known when it happens. */
export function rowsOfImport(set: string, folder: string): Promise<ServedRows> {
  const importer = importerNamed(set)
  if (importer === undefined) throw new Error(`There is no importer ${set}.`)
  return servedRowsOf(async function* () {
    for await (const one of importer.read(folder)) yield { ...one, at: one.event.occurredAt }
  }, 'loan-demand')
}

/**
 * Returns what the platform would have served at the time that each outcome of the task is about: the customer's newest
 * features then, from the same processors, replayed over the events in the order in which they became known. No row
 * contains anything later.
 */
export async function servedRowsOf(events: () => AsyncIterable<KnownEvent>, task: string): Promise<ServedRows> {
  const accounts = createReplay(linkAccounts)
  const customers = createReplay(customerFeaturesProcessor)
  const newest = new Map<string, readonly number[]>()
  const known = new Map<string, Profile>()
  const asked = await outcomesOf(events, task)
  const taken: { readonly outcome: Outcome; readonly values: readonly number[] }[] = []
  let next = 0
  let batch: ReplayInput[] = []

  async function fold(): Promise<void> {
    const movements = await accounts.run(
      batch.filter(({ topic }) => linkAccounts.inputs.some((input) => input.topic.name === topic.name)),
      noGlobals,
    )
    const inputs = [
      ...batch.filter(({ topic }) => customerFeaturesProcessor.inputs.some((input) => input.topic.name === topic.name)),
      ...movements.flatMap(({ topic, value }) => (topic === (transactions as Topic) ? [{ topic, value }] : [])),
    ]
    for (const { topic, value } of await customers.run(inputs, noGlobals))
      if (topic === (customerFeatures as Topic))
        newest.set((value as CustomerFeatures).customerId, (value as CustomerFeatures).values)
    batch = []
  }

  async function serveUntil(at: number): Promise<void> {
    if (next === asked.length || asked[next]!.asOf! >= at) return
    await fold()
    for (; next < asked.length && asked[next]!.asOf! < at; next++) {
      const values = newest.get(asked[next]!.customerId)
      if (values !== undefined) taken.push({ outcome: asked[next]!, values })
    }
  }

  for await (const { topic, event, at } of events()) {
    if (topic === outcomes.name) continue
    await serveUntil(at)
    if (topic === profiles.name) known.set((event as Profile).customerId, event as Profile)
    batch.push({ topic: topicNamed(topic)!, value: event })
    if (batch.length >= EVENTS_AT_ONCE) await fold()
  }
  await serveUntil(Number.POSITIVE_INFINITY)

  const width = features.names.length
  const rows = new Float32Array(taken.length * width)
  taken.forEach(({ values }, row) => rows.set(values, row * width))
  const numbers = new Map(
    [...new Set(taken.map(({ outcome }) => outcome.customerId))].map((id, number) => [id, number]),
  )
  return {
    data: {
      count: taken.length,
      width,
      rows,
      texts: [],
      featureNames: features.names,
      labels: Float64Array.from(taken, ({ outcome }) => outcome.value),
      times: Float64Array.from(taken, ({ outcome }) => outcome.asOf!),
      customers: Int32Array.from(taken, ({ outcome }) => numbers.get(outcome.customerId)!),
    },
    outcomes: taken.map(({ outcome }) => outcome),
    knownAt: Float64Array.from(taken, ({ outcome }) => outcome.occurredAt),
    profiles: taken.map(({ outcome }) => known.get(outcome.customerId)),
  }
}

async function outcomesOf(events: () => AsyncIterable<KnownEvent>, task: string): Promise<Outcome[]> {
  const found: Outcome[] = []
  for await (const { topic, event } of events())
    if (topic === outcomes.name && (event as Outcome).task === task) found.push(event as Outcome)
  return found.sort((one, other) => one.asOf! - other.asOf!)
}
