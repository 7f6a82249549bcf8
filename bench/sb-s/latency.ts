import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient } from '../../kafka/client.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { BenchScore, BenchTransaction } from './schemas.ts'

export interface Latency {
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly p999: number
}

export interface PacedLoad {
  readonly client: KafkaClient
  readonly brokers: readonly string[]
  readonly transactions: Topic<BenchTransaction>
  readonly scores: Topic<BenchScore>
  readonly registry: Registry
  readonly partitions: number
  readonly eventsPerSecond: number
  readonly warmUpS: number
  readonly seconds: number
}

const TICK_MS = 5
const PATIENCE_MS = 30_000

/**
 * Waits for the job to be up, then sends at a steady rate and measures, event by event, the time from the call of send
 * to the receipt of the committed score, in ms. Events of the warm-up do not count.
 */
export async function measureLatency(load: PacedLoad, next: () => BenchTransaction): Promise<Latency> {
  const { client, transactions, scores, registry, partitions, eventsPerSecond } = load
  const total = Math.round((load.warmUpS + load.seconds) * eventsPerSecond)
  const counted = Math.round(load.warmUpS * eventsPerSecond)
  const sentAt = new Float64Array(total)
  const receivedAt = new Float64Array(total)
  const codec = codecOf(scores as Topic, registry)
  let received = 0
  const fetcher = client.fetcher({ onArrival: () => take() })
  const take = () => {
    const now = performance.now()
    for (let partition = 0; partition < partitions; partition++) {
      for (
        let batch = fetcher.take(scores.name, partition);
        batch !== undefined;
        batch = fetcher.take(scores.name, partition)
      ) {
        for (let index = 0; index < batch.count; index++) {
          const start = batch.valueStarts[index]!
          const { transactionId } = codec.decode(batch.bytes, start, start + batch.valueLengths[index]!) as BenchScore
          receivedAt[Number.parseInt(transactionId.slice(0, 8), 16)] = now
          received++
        }
      }
    }
  }
  for (let partition = 0; partition < partitions; partition++)
    await fetcher.assign({ topic: scores.name, partition }, 'earliest')

  const producer = createPlainProducer({ brokers: load.brokers, clientId: 'bench-load' })
  await producer.connect()
  const { encode } = codecOf(transactions as Topic, registry)
  let sending: Promise<unknown> = Promise.resolve()
  const send = (events: readonly BenchTransaction[]) =>
    producer.send(
      transactions.name,
      events.map((event) => ({ key: Buffer.from(event.customerId), value: encode(event) })),
    )

  // The first event waits for the job to be up; time counts from its score on.
  await send([next()])
  while (received < 1) await delay(TICK_MS)

  const startedAt = performance.now()
  for (let sent = 1; sent < total;) {
    const now = performance.now()
    const due = Math.min(total, Math.floor(((now - startedAt) / 1_000) * eventsPerSecond))
    if (due > sent) {
      const events = Array.from({ length: due - sent }, next)
      sentAt.fill(now, sent, due)
      sent = due
      sending = Promise.all([sending, send(events)])
      sending.catch(() => {}) // Reported below.
    }
    await delay(TICK_MS)
  }
  await sending
  const giveUpAt = performance.now() + PATIENCE_MS
  while (received < total && performance.now() < giveUpAt) await delay(TICK_MS)
  await producer.close()
  await fetcher.close()
  if (received < total)
    throw new Error(`Of ${total} events only ${received} were scored within ${PATIENCE_MS / 1_000} s.`)

  const latencies = receivedAt
    .map((at, index) => at - sentAt[index]!)
    .subarray(counted)
    .sort()
  const quantile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!
  return { p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), p999: quantile(0.999) }
}
