import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { backUp } from '../../../composition/backup/backup.ts'
import { MANIFEST } from '../../../composition/backup/manifest.ts'
import { restore } from '../../../composition/backup/restore.ts'
import { untilCaughtUp } from '../../../composition/caught-up.ts'
import type { CommandContext } from '../../../composition/context.ts'
import { migrateDatabase, withDatabase } from '../../../composition/database.ts'
import { checkDeployment } from '../../../composition/deployment.ts'
import { startProcessors } from '../../../composition/engine/engine.ts'
import { namingOf, openProducer } from '../../../composition/kafka.ts'
import { createPublisher, type Publisher } from '../../../composition/publisher.ts'
import { startSink } from '../../../composition/sink/sink.ts'
import { verifyServed } from '../../../composition/verify/verify-served.ts'
import { readConfig } from '../../../config.ts'
import { createAdmin, type Admin } from '../../../kafka/admin/admin.ts'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { opportunities, visits } from '../../../schemas/visits/visits.ts'
import { relationsIn } from '../../../store/operations/restore-tables.ts'
import { noMetrics } from '../../../streams/metrics.ts'
import { deploy, type Deployment } from '../../end-to-end/deployment-under-test.ts'
import { opportunity, visit } from '../../processors/scoring-fixtures.ts'
import { describeWithOwnBroker, startOwnBroker, type OwnBroker } from '../../support/own-broker.ts'
import { freshDatabase, waitFor } from '../../support/services.ts'

const MAIN = join(import.meta.dirname, '../../../main.ts')
const START = Date.UTC(2026, 5, 1)
const CUSTOMERS = 7
/** Pace of the load: the platform is to keep up on a slow machine. */
const PAUSE_MS = 20

const transaction = (index: number): Transaction => ({
  id: `t${index}`,
  occurredAt: START + index * 600_000,
  source: 'test',
  customerId: `c${index % CUSTOMERS}`,
  accountId: 'a1',
  amountMinor: (index % 3 === 0 ? 1 : -1) * index * 100,
  balanceMinor: 10_000,
  currency: 'CNY',
  kind: 'card',
  category: index % 2 === 0 ? 'food' : 'fuel',
  counterparty: null,
  channel: null,
})

/** Publishes one transaction after the other until stopped; returns them. */
function publishSteadily(publisher: Publisher): { readonly stop: () => Promise<readonly Transaction[]> } {
  const sent: Transaction[] = []
  let stopped = false
  const done = (async () => {
    while (!stopped) {
      const next = [transaction(sent.length), transaction(sent.length + 1)]
      await publisher.publish(transactions as Topic, next)
      sent.push(...next)
      await delay(PAUSE_MS)
    }
  })()
  return {
    async stop() {
      stopped = true
      await done
      return sent
    },
  }
}

/** Preferences are published for the last event of a transaction alone, so that their number depends on its size. */
const COUNTS = `
  select 'customers' as what, count(*)::int from customers
  union all select 'scores ' || task, count(*)::int from score_history where task <> 'preferences' group by task
  union all select 'dead letters', count(*)::int from dead_letters
  order by 1`

/** What the platform knows in the end, apart from when it learned it. */
async function countsOf(context: CommandContext): Promise<Record<string, number>> {
  const { rows } = await withDatabase(context, 'test', ({ pool }) =>
    pool.query<{ what: string; count: number }>(COUNTS),
  )
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]))
}

describeWithOwnBroker('a backup that was taken while everything runs', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'backup-')), 'first')
  let source: Deployment
  let target: OwnBroker
  let admin: Admin
  let sent: readonly Transaction[]
  let summary: { readonly records: number; readonly rows: number; readonly topics: number }
  const databases: Awaited<ReturnType<typeof freshDatabase>>[] = []

  beforeAll(async () => {
    ;[source, target] = await Promise.all([deploy(), startOwnBroker()])
    admin = createAdmin({ brokers: target.brokers, clientId: 'test' })
    await checkDeployment(source.context)
    await source.start()
    await source.publisher.publish(opportunities as Topic, [opportunity(0)])
    await source.untilCaughtUp()
    await source.publisher.publish(
      visits as Topic,
      [1, 2, 3, 4].map((number) => visit(`v${number}`, number)),
    )
    const load = publishSteadily(source.publisher)
    await waitFor(async () => (await countsOf(source.context))['scores loan-demand']! > 100, {
      what: 'scores',
      timeoutMs: 60_000,
    })
    const printed: string[] = []
    await backUp({ ...source.context, print: (line) => void printed.push(line) }, folder)
    sent = await load.stop()
    summary = JSON.parse(printed[0]!) as typeof summary
    await source.untilCaughtUp()
    await source.stop()
  }, 180_000)
  afterAll(async () => {
    await source.close()
    await admin.close()
    for (const database of databases) await database.drop()
    await target.remove()
  })

  /** Empties the second Kafka, makes a new database, and returns the configuration of a deployment there. */
  async function elsewhere(): Promise<Readonly<Record<string, string>>> {
    const prefix = source.environment['TOPIC_PREFIX']!
    await admin.deleteTopics((await admin.listTopics()).filter((name) => name.startsWith(prefix)))
    const database = await freshDatabase()
    databases.push(database)
    return {
      ...source.environment,
      KAFKA_BROKERS: target.brokers.join(','),
      DATABASE_URL: database.url,
      DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'restored-')),
    }
  }

  const contextOf = (environment: Readonly<Record<string, string>>, print: (line: string) => void = () => {}) => ({
    ...source.context,
    config: readConfig(environment),
    print,
  })

  const restoredTopics = async () =>
    (await admin.listTopics()).filter((name) => name.startsWith(source.environment['TOPIC_PREFIX']!))

  test('goes on elsewhere, is verified there, and sources that send again change nothing', async () => {
    const printed: string[] = []
    const there = contextOf(await elsewhere(), (line) => void printed.push(line))
    await restore(there, folder)
    expect(JSON.parse(printed[0]!)).toMatchObject({
      records: summary.records,
      rows: summary.rows,
      topics: summary.topics,
    })
    await checkDeployment(there)
    const producer = await openProducer(there, 'test')
    const parts = [await startSink(there), await startProcessors(there, noMetrics)]
    await untilCaughtUp(there, parts, 'Catching up')
    const publisher = createPublisher(producer, namingOf(there.config), releasedRegistry)
    await publisher.publish(transactions as Topic, sent)
    await untilCaughtUp(there, parts, 'Catching up')
    for (const part of parts.reverse()) await part.stop()
    await producer.close()

    const { ok, processors, database } = await verifyServed(there, { database: true, allowGaps: false })
    expect([...Object.values(processors).flatMap((one) => one.differences), ...database!.differences]).toEqual([])
    expect(ok).toBe(true)
    expect(processors['customer-features']!.messages.compared).toBeGreaterThan(3 * sent.length)
    const counts = await countsOf(there)
    expect(counts).toEqual(await countsOf(source.context))
    expect(counts['customers']).toBe(CUSTOMERS)
  }, 240_000)

  test('is refused by servers that are not empty, and nothing is written', async () => {
    const environment = await elsewhere()
    const there = contextOf(environment)
    await withDatabase(there, 'test', ({ pool }) => pool.query('create table mine (id integer)'))
    await expect(restore(there, folder)).rejects.toThrow('is not empty: it has mine')
    expect(await restoredTopics()).toEqual([])

    const again = contextOf(await elsewhere())
    const taken = namingOf(again.config).topic(visits as Topic)
    await admin.ensureTopics([{ name: taken, partitions: 1, replicationFactor: 1 }])
    await expect(restore(again, folder)).rejects.toThrow(`is not empty: it has the topic ${taken}`)
    expect(await restoredTopics()).toEqual([taken])
  }, 60_000)

  test('is refused if a file is damaged, and nothing is written', async () => {
    const there = contextOf(await elsewhere())
    const damaged = join(mkdtempSync(join(tmpdir(), 'damaged-')), 'copy')
    cpSync(folder, damaged, { recursive: true })
    const file = join(damaged, 'tables/customers.zst')
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(file, bytes)
    await expect(restore(there, damaged)).rejects.toThrow(`${file} is damaged`)
    expect(await restoredTopics()).toEqual([])
    expect(await withDatabase(there, 'test', relationsIn)).toEqual([])
  }, 60_000)

  test('is no backup if it was killed, and its folder is not taken for one', async () => {
    const unfinished = join(mkdtempSync(join(tmpdir(), 'killed-')), 'backup')
    await killedOnce(['backup', '--to', unfinished], source.environment, () => existsSync(join(unfinished, 'topics')))
    expect(existsSync(join(unfinished, MANIFEST))).toBe(false)
    const there = contextOf(await elsewhere())
    await expect(restore(there, unfinished)).rejects.toThrow('is no backup, or one that was interrupted')
    await expect(backUp(source.context, unfinished)).rejects.toThrow('remove it if it is an interrupted backup')
    await expect(backUp(source.context, folder)).rejects.toThrow('holds a backup')
  }, 60_000)

  test('restored by a process that is killed, starts nowhere, and is restored again after the servers are emptied', async () => {
    const environment = await elsewhere()
    const there = contextOf(environment)
    await killedOnce(['restore', '--from', folder], environment, async () => (await restoredTopics()).length > 3)
    await migrateDatabase(there)
    await expect(checkDeployment(there)).rejects.toThrow('nothing is started')
    await expect(restore(there, folder)).rejects.toThrow('if an earlier restore was interrupted')
    await restore(contextOf(await elsewhere()), folder)
  }, 120_000)
})

/** Runs a command of the program and kills it as soon as the condition holds. */
async function killedOnce(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...words], { env: { ...environment }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  await waitFor(condition, { what: `${words[0]} to have begun`, intervalMs: 5 })
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}
