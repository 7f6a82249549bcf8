import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { createNaming } from '../../streams/naming.ts'
import { publisherFor } from '../publisher.ts'
import { transactionsUntil } from '../transactions.ts'

interface BusyData {
  readonly brokers: readonly string[]
  readonly prefix: string
  readonly eventsPerSecond: number
}

/** Parts per second, to spread payments evenly. */
const PARTS_PER_SECOND = 10

/** Sends payments at a steady rate from a separate thread until stopped. Rejects if they could not be sent. */
export function startBackgroundLoad(data: BusyData): { stop(): Promise<void> } {
  const worker = new Worker(new URL(import.meta.url), { workerData: data })
  const ended = Promise.withResolvers<void>()
  ended.promise.catch(() => {})
  worker.on('error', ended.reject).on('exit', () => ended.resolve())
  return {
    stop() {
      worker.postMessage('stop')
      return ended.promise
    },
  }
}

async function publishUntilStopped({ brokers, prefix, eventsPerSecond }: BusyData): Promise<void> {
  const stop = new AbortController()
  void once(parentPort!, 'message').then(() => stop.abort())
  const client = createKafkaClient({ brokers, clientId: 'bench-busy' })
  const publisher = await publisherFor(client, createNaming(prefix), 'bench-busy')
  const startedAt = performance.now()
  for (let part = 0; !stop.signal.aborted; part++) {
    const values = transactionsUntil(Date.now(), eventsPerSecond / PARTS_PER_SECOND, part)
    await publisher.publish(
      transactions,
      values.map((value) => ({ ...value, id: `busy-${part}-${value.id}` })),
    )
    const early = startedAt + ((part + 1) * 1_000) / PARTS_PER_SECOND - performance.now()
    if (early > 0) await delay(early, undefined, { signal: stop.signal }).catch(() => {})
  }
  await publisher.close()
  await client.close()
}

if (!isMainThread && parentPort !== null) void publishUntilStopped(workerData as BusyData)
