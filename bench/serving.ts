import { setTimeout as delay } from 'node:timers/promises'
import { customerFeatures } from '../features/customers/customer.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { transactions } from '../schemas/customers/banking.ts'
import { releases } from '../schemas/models/releases.ts'
import { openDatabase, type Database } from '../store/database.ts'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compareRounds, type Figures, type Round } from './compare-rounds.ts'
import { openPlatform, type PlatformUnderTest } from './platform-under-test.ts'
import { publisherFor } from './publisher.ts'
import { startBackgroundLoad } from './serving/background-load.ts'
import { startFeast, type FeastServer } from './serving/feast.ts'
import { createLoadClient, oneByOne, steadily, type LoadClient } from './serving/steady.ts'
import { smallReleases } from './small-models.ts'
import { transactionsUntil } from './transactions.ts'

const REQUESTS_PER_SECOND = 200
const FEATURE_REQUESTS_PER_SECOND = 500
/** Load of the processors during the measurement. */
const EVENTS_PER_SECOND = 200
const SECONDS = 20
const SECONDS_QUICK = 4
/**
 * Time under load before the measurement, in which the JIT compilers of the broker and the platform finish most of their
 * work: in the first minute, the broker's alone takes up to half a core.
 */
const SETTLE_MS = 60_000
const SETTLE_MS_QUICK = 30_000
/**
 * Warm-up with one request after the other: at a fixed rate, a cold process would still have a queue of its first
 * requests.
 */
const WARM_UP_SECONDS = 3
const HISTORY = 30_000
const HISTORY_QUICK = 5_000
/** Fewer customers than for ours: writing them takes Feast long, and fewer make it faster. */
const FEAST_CUSTOMERS = 1_000
const FEAST_CUSTOMERS_QUICK = 50
/** Feast falls behind at that rate: the longer the load lasts, the longer requests take. */
const FEAST_SECONDS = 4
const FEAST_SECONDS_QUICK = 1

interface Read {
  path(customerId: string): string
  /** Query of the same rows in PostgreSQL. */
  readonly sql: string
  readonly ofCustomer: boolean
}

/** The most frequent reads of an application, each for another customer. */
const READS: Readonly<Record<string, Read>> = {
  customerMs: {
    path: (customerId) => `/customers/${customerId}`,
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

/**
 * Measures reads at a steady rate under load of the processors, beside direct PostgreSQL queries of the same rows, and
 * online features beside those of Feast.
 */
export const serving: Benchmark = {
  needsBroker: true,
  run: (context) => compareRounds(context, () => measure(context)),
}

async function measure(context: BenchmarkContext): Promise<Round> {
  const platform = await openPlatform(context.brokers, context.directory)
  const running = await platform.up()
  const database = openDatabase({ url: platform.databaseUrl, poolMax: 10 })
  const loadClient = createLoadClient(running.address)
  let feast: FeastServer | undefined
  try {
    const customers = await publishHistory(platform, context)
    await running.caughtUp()
    const { brokers, quick, directory, log } = context
    const busy = startBackgroundLoad({ brokers, prefix: platform.prefix, eventsPerSecond: EVENTS_PER_SECOND })
    const settled = delay(quick ? SETTLE_MS_QUICK : SETTLE_MS)
    const feastCustomers = quick ? FEAST_CUSTOMERS_QUICK : FEAST_CUSTOMERS
    feast = await startFeast(customerFeatures.names, feastCustomers, directory, log)
    await settled
    const reads = await measureReads(context, loadClient, database, customers)
    const features = await measureFeatures(context, loadClient, feast, customers)
    await busy.stop()
    return { ours: { ...reads.ours, ...features.ours }, peer: { ...reads.peer, ...features.peer } }
  } finally {
    loadClient.close()
    await feast?.stop()
    await database.destroy()
    await running.stop()
    await platform.close()
  }
}

/** Publishes the history; resolves to its customers. */
async function publishHistory(
  { naming }: PlatformUnderTest,
  { brokers, quick }: BenchmarkContext,
): Promise<readonly string[]> {
  const client = createKafkaClient({ brokers, clientId: 'bench' })
  const publisher = await publisherFor(client, naming)
  const values = transactionsUntil(Date.now(), quick ? HISTORY_QUICK : HISTORY)
  await publisher.publish(releases, smallReleases(Date.now()))
  await publisher.publish(transactions, values)
  await publisher.close()
  await client.close()
  return [...new Set(values.map(({ customerId }) => customerId))]
}

async function measureReads(
  { quick }: BenchmarkContext,
  loadClient: LoadClient,
  database: Database,
  customers: readonly string[],
): Promise<Round> {
  const load = { requestsPerSecond: REQUESTS_PER_SECOND, customers: customers.length }
  const seconds = quick ? SECONDS_QUICK : SECONDS
  const ours: Record<string, Figures> = {}
  const peer: Record<string, Figures> = {}
  for (const [name, { path, sql, ofCustomer }] of Object.entries(READS)) {
    const askApi = (customer: number) => loadClient.ask(path(customers[customer]!))
    const query = { name, text: sql }
    const askDatabase = (customer: number) =>
      database.pool.query({ ...query, values: ofCustomer ? [customers[customer]] : [] })
    await oneByOne((customer) => askApi(customer % customers.length), WARM_UP_SECONDS)
    ours[name] = await steadily(askApi, { ...load, seconds })
    peer[name] = await steadily(askDatabase, { ...load, seconds })
  }
  return { ours, peer }
}

/**
 * Measures reads of all features of one customer, at a rate and one after the other; the platform runs during the
 * peer's measurement too.
 */
async function measureFeatures(
  { quick }: BenchmarkContext,
  loadClient: LoadClient,
  feast: FeastServer,
  customers: readonly string[],
): Promise<Round> {
  const seconds = quick ? SECONDS_QUICK : SECONDS
  const askOurs = (customer: number) => loadClient.ask(`/features/${customers[customer % customers.length]}`)
  const both = async (ask: (customer: number) => Promise<void>, duration: number): Promise<Figures> => {
    await oneByOne(ask, WARM_UP_SECONDS)
    const alone = await oneByOne(ask, duration)
    const load = { requestsPerSecond: FEATURE_REQUESTS_PER_SECOND, customers: customers.length, seconds: duration }
    return { featuresMs: await steadily(ask, load), featuresOneByOneMs: alone }
  }
  const ours = await both(askOurs, seconds)
  const peerAsker = createLoadClient(feast.address)
  try {
    const askPeer = (customer: number) => peerAsker.ask('/get-online-features', feast.bodyFor(customer))
    return { ours, peer: await both(askPeer, quick ? FEAST_SECONDS_QUICK : FEAST_SECONDS) }
  } finally {
    peerAsker.close()
  }
}
