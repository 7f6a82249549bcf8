import { setTimeout as delay } from 'node:timers/promises'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { random } from '../models/random.ts'
import { transactions } from '../schemas/customers/banking.ts'
import { openDatabase } from '../store/database.ts'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compared, type Figures, type Round } from './compared.ts'
import { openPlatform } from './platform-under-test.ts'
import { publisherFor } from './publisher.ts'
import { smallReleases } from './small-models.ts'
import { transactionsUntil } from './transactions.ts'
import { releases } from '../schemas/models/releases.ts'

const CUSTOMERS = 10_000
const REQUESTS_PER_SECOND = 200
const CONNECTIONS = 32
/** What the processors have to do meanwhile. */
const EVENTS_PER_SECOND = 200
const SECONDS = 20
const SECONDS_QUICK = 4
const HISTORY = 30_000
const HISTORY_QUICK = 5_000

interface Read {
  path(customer: number): string
  /** The same rows, asked of PostgreSQL directly. */
  readonly sql: string
  readonly ofCustomer: boolean
}

/** What an application asks for most, each for another customer. */
const READS: Readonly<Record<string, Read>> = {
  customerMs: {
    path: (customer) => `/customers/c${customer}`,
    sql: 'select c.*, s.* from customers c left join scores s on s.customer_id = c.customer_id where c.customer_id = $1',
    ofCustomer: true,
  },
  listMs: {
    path: () => '/scores?limit=50',
    sql: 'select * from score_history order by occurred_at desc, id desc limit 50',
    ofCustomer: false,
  },
  customersMs: {
    path: () => '/customers?limit=50',
    sql: 'select * from customers order by customer_id limit 50',
    ofCustomer: false,
  },
}

/** Reads at a steady rate, while the processors are at work, beside the same rows asked of PostgreSQL directly. */
export const serving: Benchmark = {
  name: 'serving',
  question: `How long does an API read take at ${REQUESTS_PER_SECOND} requests per second while the processors are working?`,
  needsBroker: true,
  run: (context) => compared(context, () => measure(context)),
}

async function measure({ brokers, directory, quick }: BenchmarkContext): Promise<Round> {
  const platform = await openPlatform(brokers, directory)
  const client = createKafkaClient({ brokers, clientId: 'bench' })
  const publisher = await publisherFor(client, platform.naming)
  const running = await platform.up()
  const database = openDatabase({ url: platform.databaseUrl, poolMax: 10 })
  try {
    await publisher.publish(releases, smallReleases(Date.now()))
    await publisher.publish(transactions, transactionsUntil(Date.now(), quick ? HISTORY_QUICK : HISTORY))
    await running.caughtUp()
    const stop = new AbortController()
    const load = keepBusy(publisher, stop.signal)
    load.catch(() => {})
    const seconds = quick ? SECONDS_QUICK : SECONDS
    const ours: Record<string, Figures> = {}
    const peer: Record<string, Figures> = {}
    for (const [name, { path, sql, ofCustomer }] of Object.entries(READS)) {
      const askApi = async (customer: number) => {
        const answer = await fetch(running.address + path(customer))
        await answer.arrayBuffer()
        // Not each customer has had a transaction.
        if (!answer.ok && answer.status !== 404) throw new Error(`${answer.url} was answered with ${answer.status}.`)
      }
      const query = { name, text: sql }
      const askDatabase = (customer: number) =>
        database.pool.query({ ...query, values: ofCustomer ? [`c${customer}`] : [] })
      await steadily(askApi, 1)
      ours[name] = await steadily(askApi, seconds)
      peer[name] = await steadily(askDatabase, seconds)
    }
    stop.abort()
    await load
    return { ours, peer }
  } finally {
    await database.destroy()
    await running.stop()
    await publisher.close()
    await client.close()
    await platform.close()
  }
}

/** Payments at a steady rate until told to stop. */
async function keepBusy(publisher: Awaited<ReturnType<typeof publisherFor>>, signal: AbortSignal): Promise<void> {
  for (let second = 0; !signal.aborted; second++) {
    const values = transactionsUntil(Date.now(), EVENTS_PER_SECOND)
    await publisher.publish(
      transactions,
      values.map((value) => ({ ...value, id: `busy-${second}-${value.id}` })),
    )
    await delay(1_000, undefined, { signal }).catch(() => {})
  }
}

/**
 * Asks at a fixed rate, whether or not the answers before have come, over a bounded number of connections. Times in ms
 * from when the request was due: one slow answer must not hide the wait of those behind it.
 */
async function steadily(ask: (customer: number) => Promise<unknown>, seconds: number): Promise<Figures> {
  const next = random(1)
  const count = seconds * REQUESTS_PER_SECOND
  const times = new Float64Array(count)
  const startedAt = performance.now()
  let taken = 0
  const connection = async () => {
    while (taken < count) {
      const index = taken++
      const due = startedAt + (index * 1_000) / REQUESTS_PER_SECOND
      const early = due - performance.now()
      if (early > 0) await delay(early)
      await ask(Math.floor(next() * CUSTOMERS))
      times[index] = performance.now() - due
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  times.sort()
  return { p50: times[count >> 1]!, p99: times[Math.floor(count * 0.99)]! }
}
