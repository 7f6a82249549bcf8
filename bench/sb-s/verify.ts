import type { KafkaClient } from '../../kafka/client.ts'
import { treeMargins } from '../../models/boosting/tree-ensemble.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { readEnsemble } from './model.ts'
import { readAll } from './read-all.ts'
import { fold, newCustomer, rowOf, type Customer } from './reference.ts'
import type { BenchScore, BenchTransaction } from './schemas.ts'

export interface Verified {
  readonly events: number
  /** Append time of each output by the broker's clock, ms, ascending. */
  readonly appendedAt: Float64Array
}

/** Thrown when an output differs from what the rules of SB-S give. */
class WrongOutputError extends Error {
  override readonly name = 'WrongOutputError'
}

export interface Verification {
  readonly client: KafkaClient
  readonly transactions: Topic<BenchTransaction>
  readonly scores: Topic<BenchScore>
  readonly registry: Registry
  readonly partitions: number
  readonly model: Buffer
}

/** Tolerances for differences in arithmetic between jobs: features are sent as Float32. */
const FEATURE_TOLERANCE = 1e-6
const PROBABILITY_TOLERANCE = 1e-5
const WIDTH = 16

/**
 * Recomputes every score from the input and compares: each event exactly once, each customer's events in order, ids,
 * features and probability. Throws `WrongOutputError` for the first difference.
 */
export async function verify({
  client,
  transactions,
  scores,
  registry,
  partitions,
  model,
}: Verification): Promise<Verified> {
  const expected = await expectedRows(client, transactions, registry, partitions)
  const margins = treeMargins(readEnsemble(model))
  const codec = codecOf(scores as Topic, registry)
  const seen = new Map<string, number>()
  const appended: number[] = []
  const row = new Float32Array(WIDTH)
  const margin = new Float64Array(1)
  for await (const batch of readAll(client, scores.name, partitions)) {
    for (let index = 0; index < batch.count; index++) {
      const start = batch.valueStarts[index]!
      const score = codec.decode(batch.bytes, start, start + batch.valueLengths[index]!) as BenchScore
      const { customerId } = score
      const place = seen.get(customerId) ?? 0
      seen.set(customerId, place + 1)
      const wanted = expected.get(customerId)?.[place]
      const where = `${customerId}, score ${place + 1}`
      if (wanted === undefined) throw new WrongOutputError(`${where} is one too many.`)
      if (wanted.transactionId !== score.transactionId)
        throw new WrongOutputError(`${where} is of ${score.transactionId}, not of ${wanted.transactionId}.`)
      row.set(wanted.row)
      for (let number = 0; number < WIDTH; number++) {
        if (!near(score.features[number]!, row[number]!, FEATURE_TOLERANCE))
          throw new WrongOutputError(`${where}: feature ${number} is ${score.features[number]}, not ${row[number]}.`)
      }
      margins(Float32Array.from(score.features), 1, WIDTH, margin)
      const probability = 1 / (1 + Math.exp(-margin[0]!))
      if (!near(score.probability, probability, PROBABILITY_TOLERANCE))
        throw new WrongOutputError(`${where}: the probability is ${score.probability}, not ${probability}.`)
      appended.push(batch.timestamps[index]!)
    }
  }
  let events = 0
  for (const [customerId, rows] of expected) {
    events += rows.length
    const found = seen.get(customerId) ?? 0
    if (found < rows.length) throw new WrongOutputError(`${customerId} has ${found} scores of ${rows.length}.`)
  }
  return { events, appendedAt: Float64Array.from(appended).sort() }
}

interface Expected {
  readonly transactionId: string
  readonly row: Float32Array
}

async function expectedRows(
  client: KafkaClient,
  transactions: Topic<BenchTransaction>,
  registry: Registry,
  partitions: number,
): Promise<Map<string, Expected[]>> {
  const codec = codecOf(transactions as Topic, registry)
  const customers = new Map<string, { readonly customer: Customer; readonly rows: Expected[] }>()
  for await (const batch of readAll(client, transactions.name, partitions)) {
    for (let index = 0; index < batch.count; index++) {
      const start = batch.valueStarts[index]!
      const event = codec.decode(batch.bytes, start, start + batch.valueLengths[index]!) as BenchTransaction
      let known = customers.get(event.customerId)
      if (known === undefined) customers.set(event.customerId, (known = { customer: newCustomer(), rows: [] }))
      fold(known.customer, event)
      known.rows.push({ transactionId: event.transactionId, row: Float32Array.from(rowOf(known.customer, event.kind)) })
    }
  }
  return new Map([...customers].map(([customerId, { rows }]) => [customerId, rows]))
}

function near(value: number, wanted: number, tolerance: number): boolean {
  return Math.abs(value - wanted) <= tolerance * (1 + Math.abs(wanted))
}
