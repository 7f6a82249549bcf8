import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient } from '../../kafka/client.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Naming } from '../../streams/naming.ts'
import { PARTITIONS } from '../platform-under-test.ts'
import { transactionsUntil } from '../transactions.ts'

export interface ScoreLatency {
  /**
   * Sends payments of different customers at a steady rate for as long as `goOn` says, and returns the times from the
   * call of send to the receipt of the committed score, ms. Throws if a payment is not scored within a minute.
   */
  measure(eventsPerSecond: number, goOn: () => boolean): Promise<readonly number[]>
  close(): Promise<void>
}

const TICK_MS = 2
const PATIENCE_MS = 60_000
const TASK = 'loan-demand'

export async function openScoreLatency(
  { client, brokers }: { readonly client: KafkaClient; readonly brokers: readonly string[] },
  naming: Naming,
): Promise<ScoreLatency> {
  const producer = createPlainProducer({ brokers, clientId: 'bench-latency' })
  await producer.connect()
  const { decode } = codecOf(scores as Topic, releasedRegistry)
  const { encode } = codecOf(transactions as Topic, releasedRegistry)
  const name = naming.topic(scores as Topic)
  const sentAt = new Map<string, number>()
  let took: number[] = []
  const fetcher = client.fetcher({ onArrival: take })
  function take(): void {
    const now = performance.now()
    for (let partition = 0; partition < PARTITIONS; partition++)
      for (let batch = fetcher.take(name, partition); batch !== undefined; batch = fetcher.take(name, partition))
        for (let index = 0; index < batch.count; index++) {
          const start = batch.valueStarts[index]!
          const score = decode(batch.bytes as Buffer, start, start + batch.valueLengths[index]!) as Score
          const at = score.task === TASK ? sentAt.get(score.customerId) : undefined
          if (at === undefined) continue
          took.push(now - at)
          sentAt.delete(score.customerId)
        }
  }
  for (let partition = 0; partition < PARTITIONS; partition++)
    await fetcher.assign({ topic: name, partition }, 'latest')

  let phase = 0
  async function send(id: string): Promise<void> {
    const [payment] = transactionsUntil(Date.now(), 1)
    const event = { ...payment!, id, customerId: id, accountId: id }
    sentAt.set(id, performance.now())
    await producer.send(naming.topic(transactions as Topic), [{ key: Buffer.from(id), value: encode(event) }])
  }

  return {
    async measure(eventsPerSecond, goOn) {
      took = []
      phase++
      const startedAt = performance.now()
      let sent = 0
      let sending: Promise<unknown> = Promise.resolve()
      while (goOn()) {
        const due = ((performance.now() - startedAt) / 1_000) * eventsPerSecond
        for (; sent < due; sent++) sending = Promise.all([sending, send(`latency-${phase}-${sent}`)])
        await delay(TICK_MS)
      }
      await sending
      const giveUpAt = performance.now() + PATIENCE_MS
      while (sentAt.size > 0 && performance.now() < giveUpAt) await delay(TICK_MS)
      if (sentAt.size > 0) throw new Error(`${sentAt.size} of ${sent} payments were not scored within a minute.`)
      return took
    },
    async close() {
      await fetcher.close()
      await producer.close()
    },
  }
}
