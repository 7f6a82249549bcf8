/**
 * Merges two customers of a platform that knows other people too, kills the processors in the middle, and compares with a
 * platform that knew one customer with the events of both.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mergeCustomers } from '../../composition/customers/merge-customers.ts'
import { namingOf, openReader } from '../../composition/kafka.ts'
import { startOutbox } from '../../composition/outbox.ts'
import { readTopic } from '../../composition/read-topic.ts'
import { verifyServed } from '../../composition/verify/verify-served.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { journal } from '../../schemas/platform/platform.ts'
import { processors, topicNamed } from '../../subjects/subjects.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const SAMPLE = fileURLToPath(new URL('../processors/sample-events.jsonl', import.meta.url))
const PLATFORM_PROCESS = fileURLToPath(new URL('./platform-process.ts', import.meta.url))
const PARTITIONS = 2
const named = (prefix: string, partition: number) =>
  Array.from({ length: 50 }, (_, number) => `${prefix}-${number}`).find(
    (id) => partitionOfKey(id, PARTITIONS) === partition,
  )!
/** In different partitions, so in different tasks. */
const [FORMER, CUSTOMER] = [named('former', 0), named('kept', 1)]

interface Line {
  readonly topic: string
  readonly event: { readonly id: string }
}

/** The sample's events without the clock; `former`: the name of one of the two customers. */
function events(former: string): Line[] {
  return readFileSync(SAMPLE, 'utf8')
    .replaceAll(/("(?:customer|subject)Id":")c-00004"/g, `$1${former}"`)
    .replaceAll(/("(?:customer|subject)Id":")c-00006"/g, `$1${CUSTOMER}"`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ topic }) => topicNamed(topic)!.role === 'input' && topic !== clock.name)
}

async function publish(deployment: Deployment, list: readonly Line[]): Promise<void> {
  for (const { topic: name, event } of list) {
    const topic = topicNamed(name)!
    await deployment.publisher.publish(topic, [fromStoredJson(topic.schema, event)])
  }
}

/** Events of the former customer that come after the merge. */
const isLate = ({ topic, event }: Line) =>
  JSON.stringify(event).includes(FORMER) && (topic === 'transactions' || topic === 'interactions' || topic === 'calls')

const queries = {
  customers: `select customer_id, name, "values", feature_set from customers order by 1`,
  opportunities: `select opportunity_id, customer_id, status from opportunities order by 1`,
  visits: `select visit_id, customer_id, text from visits order by 1`,
}

async function rowsOf({ database }: Deployment, query: keyof typeof queries) {
  const { rows } = await database.pool.query(queries[query])
  return rows as Readonly<Record<string, unknown>>[]
}

async function mergedTasks({ context }: Deployment): Promise<ReadonlySet<string>> {
  const { client, registry } = await openReader(context.config, context.log, 'test')
  const tasks = new Set<string>()
  try {
    const codec = codecOf(journal, registry)
    for await (const { batch, index } of readTopic(client, namingOf(context.config).topic(journal as never))) {
      const { processor, partition, globals } = codec.decode(valueOf(batch, index)!)
      if (globals.some(({ topic, offset }) => topic === 'customer-merges' && offset > 0))
        tasks.add(`${processor}/${partition}`)
    }
  } finally {
    await client.close()
  }
  return tasks
}

async function killedWhileMerging(of: Deployment): Promise<void> {
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', PLATFORM_PROCESS, 'processors'], {
    env: { ...process.env, ...of.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = once(child, 'exit')
  try {
    await waitFor(async () => (await mergedTasks(of)).size > 0, { what: 'the first merge', timeoutMs: 90_000 })
  } finally {
    child.kill('SIGKILL')
    await gone
  }
}

let control: Deployment | undefined
let deployment: Deployment | undefined
afterAll(async () => {
  await control?.close()
  await deployment?.close()
}, 60_000)

test('two customers merged are one with the events of both, before and after, though processors were killed', async () => {
  control = await deploy({ TOPIC_PARTITIONS: String(PARTITIONS) })
  await publish(control, events(CUSTOMER))
  await control.start()
  await control.untilCaughtUp()
  await control.stop()

  deployment = await deploy({ TOPIC_PARTITIONS: String(PARTITIONS), CHECKPOINT_INTERVAL_MS: '1000' })
  const { context, database } = deployment
  const all = events(FORMER)
  const late = all.filter(isLate).slice(-5)
  expect(late.length).toBeGreaterThan(0)
  await publish(
    deployment,
    all.filter((line) => !late.includes(line)),
  )
  await deployment.start()
  await deployment.untilCaughtUp()
  await deployment.stop()
  const about = { customerId: FORMER, into: CUSTOMER, changedBy: 'Li', reason: 'One person' }
  expect(await mergeCustomers(database, about)).toHaveProperty('rows')
  const outbox = await startOutbox(context)
  await waitFor(
    async () =>
      (await database.selectFrom('outbox').select('id').where('publishedAt', 'is', null).execute()).length === 0,
    { what: 'the outbox' },
  )
  await outbox.stop()
  await killedWhileMerging(deployment)
  await deployment.start()
  await publish(deployment, late)
  await waitFor(async () => (await mergedTasks(deployment!)).size === processors.length * PARTITIONS, {
    what: 'every task to merge',
    timeoutMs: 90_000,
  })
  await deployment.untilCaughtUp()
  await deployment.stop()

  const [wanted, got] = [await rowsOf(control, 'customers'), await rowsOf(deployment, 'customers')]
  expect(got.map(({ customer_id: id }) => id)).toEqual(wanted.map(({ customer_id: id }) => id))
  for (const [index, row] of wanted.entries()) {
    const [mine, theirs] = [got[index]!['values'], row['values']] as [number[], number[]]
    if (row['customer_id'] !== CUSTOMER) expect(got[index]).toEqual(row)
    else for (const [place, value] of theirs.entries()) expect([place, mine[place]]).toEqual([place, closeTo(value)])
  }
  for (const query of ['opportunities', 'visits'] as const)
    expect(await rowsOf(deployment, query)).toEqual(await rowsOf(control, query))
  const verified = await verifyServed(context, { database: true, allowGaps: false })
  expect(Object.values(verified.processors).flatMap(({ differences }) => differences)).toEqual([])
  expect(verified.database!.differences).toEqual([])
}, 300_000)

const closeTo = (value: number | null) =>
  typeof value === 'number' && Number.isFinite(value) ? (expect.closeTo(value, 4) as unknown) : value
