import { random, randomInteger } from '../../models/random.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { kinds, type BenchTransaction } from './schemas.ts'

/** `zipf`: customer k occurs 1/k times as often as the first (s = 1). */
export type Distribution = 'uniform' | 'zipf'

export interface Workload {
  readonly seed: number
  readonly distribution: Distribution
  readonly customers: number
}

const categories =
  'groceries fuel restaurant rent utilities salary travel pharmacy clothing insurance gifts sports taxes loan savings other'.split(
    ' ',
  )
const START_MS = Date.UTC(2025, 0, 1)
const EVENTS_PER_TRANSACTION = 20_000

/**
 * Creates a generator that gives the same events for the same workload, about 135 bytes each; the first eight hex
 * digits of a transaction's id are its number, from `first` on.
 */
export function createGenerator({ seed, distribution, customers }: Workload, first = 0): () => BenchTransaction {
  const next = random(seed)
  const customerOf = distribution === 'uniform' ? () => randomInteger(next, customers) : zipf(customers, next)
  const balances = new Map<number, number>()
  let number = first
  let at = START_MS
  return () => {
    const customer = customerOf()
    at += 50 + randomInteger(next, 101)
    const kind = kinds[kindOf(randomInteger(next, 100))]!
    const cents = Math.round(Math.exp(8 + 1.3 * (next() + next() + next() + next() - 2) * 1.7)) + 1
    const isIncome = kind === 'DEPOSIT' || kind === 'INTEREST' || (kind === 'TRANSFER' && next() < 0.5)
    const balanceCents = (balances.get(customer) ?? randomInteger(next, 500_000)) + (isIncome ? cents : -cents)
    balances.set(customer, balanceCents)
    const id = (number++).toString(16).padStart(8, '0')
    const merchant = randomInteger(next, 50_000)
    return {
      transactionId: `${id}-${hex(next, 4)}-${hex(next, 4)}-${hex(next, 4)}-${hex(next, 12)}`,
      customerId: `c${String(customer).padStart(7, '0')}`,
      accountId: `a${String(customer).padStart(7, '0')}${randomInteger(next, 3)}`,
      occurredAt: at,
      amount: (isIncome ? cents : -cents) / 100,
      balance: balanceCents / 100,
      kind,
      category: categories[randomInteger(next, categories.length)]!,
      counterparty: `PT50${String(merchant * 7_919).padStart(21, '0')} merchant ${String(merchant).padStart(5, '0')}`,
      id,
      source: 'bench',
    }
  }
}

/** Writes events of a generator to a topic. */
export async function produce(
  client: KafkaClient,
  {
    topic,
    registry,
    partitions,
  }: { readonly topic: Topic<BenchTransaction>; readonly registry: Registry; readonly partitions: number },
  next: () => BenchTransaction,
  count: number,
): Promise<void> {
  const producer = client.transactionalProducer(`${topic.name}-generator`)
  await producer.init()
  const codec = codecOf(topic as Topic, registry)
  for (let done = 0; done < count;) {
    producer.begin()
    for (let index = 0; index < EVENTS_PER_TRANSACTION && done < count; index++, done++) {
      const event = next()
      const key = Buffer.from(event.customerId)
      producer.append(topic.name, partitionOfKey(key, partitions), Date.now(), key, codec.encode(event))
    }
    await producer.commit()
  }
  await producer.close()
}

/** Maps a percentile to a kind: half card payments, the rest spread over the other kinds. */
function kindOf(percent: number): number {
  return [50, 70, 80, 92, 97, 100].findIndex((below) => percent < below)
}

function hex(next: () => number, digits: number): string {
  return Math.floor(next() * 16 ** digits)
    .toString(16)
    .padStart(digits, '0')
}

function zipf(customers: number, next: () => number): () => number {
  const cumulated = new Float64Array(customers)
  let sum = 0
  for (let rank = 0; rank < customers; rank++) cumulated[rank] = sum += 1 / (rank + 1)
  return () => {
    const wanted = next() * sum
    let low = 0
    let high = customers - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (cumulated[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
