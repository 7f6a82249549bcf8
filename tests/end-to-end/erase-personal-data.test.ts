/**
 * Erases a person from a platform that knows other people too, kills the processors in the middle, and looks for the
 * person's id, name and phone number wherever the platform keeps anything.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { namingOf, openProducer, openReader, wantedTopics, withAdmin } from '../../composition/kafka.ts'
import { createLogger } from '../../composition/logger.ts'
import { startOutbox } from '../../composition/outbox.ts'
import { erasePeople } from '../../composition/personal-data/erase-people.ts'
import { keptRecords } from '../../composition/personal-data/kept-records.ts'
import { personalData, personalDataLine } from '../../composition/personal-data/personal-data.ts'
import { readTopic } from '../../composition/read-topic.ts'
import { verifyServed } from '../../composition/verify/verify-served.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { journal } from '../../schemas/platform/platform.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { processors, topicNamed } from '../../subjects/subjects.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const SAMPLE = fileURLToPath(new URL('../processors/sample-events.jsonl', import.meta.url))
const PLATFORM_PROCESS = fileURLToPath(new URL('./platform-process.ts', import.meta.url))

const PERSON = 'planted-person-4471'
const [NAME, PHONE] = ['Ottilie Brandtner', '13912345678']
const PLANTED = [PERSON, NAME, PHONE]
const PARTITIONS = 2

/** The sample's events with the planted person instead of one of its customers, without the ticks of its clock. */
function events() {
  return sample().filter(({ topic }) => topic !== clock.name)
}

/**
 * The clock's ticks, to be published once everything else has been read: a case that is opened after a tick would not
 * lapse by it.
 */
function ticks() {
  return sample().filter(({ topic }) => topic === clock.name)
}

function sample() {
  const text = readFileSync(SAMPLE, 'utf8')
    .replaceAll('c-00004-', 'account-4-')
    .replaceAll('c-00004', PERSON)
    .replaceAll('郑蕾欣', NAME)
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { topic: string; event: object })
  const profile = lines.find(({ topic, event }) => topic === 'profiles' && 'name' in event && event.name === NAME)!
  const withPhone = { ...profile.event, id: 'planted-profile', attributes: { phone: PHONE } }
  return [...lines, { topic: 'profiles', event: withPhone }].filter(({ topic }) => topicNamed(topic)!.role === 'input')
}

/**
 * One more event of each kind about everybody else. Topics are read in no fixed order, so only what is published after
 * all of them were read is the same in two runs.
 */
function lastEventsOfOthers() {
  const others = events().filter(({ event }) => !JSON.stringify(event).includes(PERSON))
  const customers = others.filter(({ topic }) => topic === 'profiles')
  const visits = others.filter(({ topic }) => topic === 'visits' || topic === 'organisations')
  return [
    ...customers.map(({ event }) => ({
      topic: 'profiles',
      event: { ...event, id: `${idOf(event)}-last`, occurredAt: LAST },
    })),
    ...visits.map(({ topic, event }) => ({
      topic,
      event: { ...event, id: `${idOf(event)}-last`, ...(topic === 'visits' ? { revision: 99 } : { occurredAt: LAST }) },
    })),
  ]
}

const LAST = '2026-11-01T00:00:00.000Z'
const idOf = (event: object) => (event as { readonly id: string }).id

async function publish(deployment: Deployment, list: readonly { topic: string; event: object }[]): Promise<void> {
  for (const { topic: name, event } of list) {
    const topic = topicNamed(name)!
    await deployment.publisher.publish(topic, [fromStoredJson(topic.schema, event)])
  }
}

/** Returns the newest state of the processors that read nothing but events, without what is about the person. */
async function stateOfOthers({ context }: Deployment): Promise<Record<string, string>> {
  const { client } = await openReader(context.config, context.log, 'test')
  const names = ['link-accounts', 'customer-features', 'conversion', 'dormant-customers', 'turn-analysis']
  const state: Record<string, string> = {}
  try {
    for (const processor of processors.filter(({ name }) => names.includes(name)))
      for await (const { batch, index } of readTopic(client, namingOf(context.config).changelog(processor))) {
        const key = keyOf(batch, index)!
        const name = `${processor.name} ${key.toString()}`
        if (key[0] === 1 || PLANTED.some((text) => name.includes(text))) continue
        const value = valueOf(batch, index)
        if (value === null) delete state[name]
        else state[name] = value.toString('hex')
      }
  } finally {
    await client.close()
  }
  return state
}

/** Returns features, scores and results of the other people, as the database shows them. */
async function rowsOfOthers({ database }: Deployment): Promise<unknown[]> {
  const queries = [
    `select customer_id, name, "values", feature_set from customers where customer_id <> $1 order by 1`,
    `select task, subject_id, probability, "row" from scores where customer_id <> $1 order by 1, 2`,
    `select opportunity_id, customer_id, status from opportunities where customer_id <> $1 order by 1`,
    `select visit_id, text from visits where customer_id <> $1 order by 1`,
    `select kind, subject_id, raised from alerts where customer_id <> $1 order by 1, 2`,
  ]
  const all = await Promise.all(queries.map((query) => database.pool.query(query, [PERSON])))
  return all.map(({ rows }) => rows as unknown[])
}

async function tablesWith({ database }: Deployment, texts: readonly string[]): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of rows)
    for (const text of texts) {
      const { rowCount } = await database.pool.query(
        `select from "${name}" as held where held::text like $1 or held::text like $2 limit 1`,
        [`%${text}%`, `%${Buffer.from(text).toString('hex')}%`],
      )
      if (rowCount! > 0) found.push(name)
    }
  return [...new Set(found)]
}

/** Returns the topics, changelogs included, with a record that holds one of the texts. */
async function topicsWith({ context }: Deployment, texts: readonly string[]): Promise<string[]> {
  const { client } = await openReader(context.config, context.log, 'test')
  const found = new Set<string>()
  try {
    for (const { name } of wantedTopics(context.config))
      for await (const { batch, index } of readTopic(client, name))
        if (texts.some((text) => [keyOf(batch, index), valueOf(batch, index)].some((bytes) => bytes?.includes(text))))
          found.add(name.slice(context.config.TOPIC_PREFIX.length))
  } finally {
    await client.close()
  }
  return [...found].sort()
}

function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .filter((path) => texts.some((text) => readFileSync(path).includes(text)))
}

/** Returns the tasks that have applied the erasure, by the journal. */
async function erasedTasks({ context }: Deployment): Promise<ReadonlySet<string>> {
  const { client, registry } = await openReader(context.config, context.log, 'test')
  const tasks = new Set<string>()
  try {
    const codec = codecOf(journal, registry)
    for await (const { batch, index } of readTopic(client, namingOf(context.config).topic(journal as never))) {
      const { processor, partition, globals } = codec.decode(valueOf(batch, index)!)
      if (globals.some(({ topic, offset }) => topic === 'erasures' && offset > 0))
        tasks.add(`${processor}/${partition}`)
    }
  } finally {
    await client.close()
  }
  return tasks
}

/** Lets the broker compact at once, and appends until nothing but these topics holds the texts. */
async function compacted(deployment: Deployment, allowed: readonly string[]): Promise<void> {
  const { context } = deployment
  const wanted = wantedTopics(context.config).map((topic) => ({
    ...topic,
    configs: topic.configs['cleanup.policy'] !== 'compact' ? topic.configs : { ...topic.configs, ...COMPACT_AT_ONCE },
  }))
  await withAdmin(context, (admin) => admin.ensureTopics(wanted))
  const producer = await openProducer(context, 'filler')
  try {
    await waitFor(
      async () => {
        for (const { name, partitions, configs } of wanted)
          if (configs['cleanup.policy'] === 'compact')
            for (let partition = 0; partition < partitions; partition++)
              await producer.send(name, [{ key: 'filler', value: Buffer.from('filler'), partition }])
        return (await topicsWith(deployment, PLANTED)).every((name) => allowed.includes(name))
      },
      { what: 'the broker to compact', timeoutMs: 200_000, intervalMs: 3_000 },
    )
  } finally {
    await producer.close()
  }
}

const COMPACT_AT_ONCE = {
  'segment.ms': '500',
  'min.cleanable.dirty.ratio': '0',
  'min.compaction.lag.ms': '0',
  'max.compaction.lag.ms': '1000',
  'delete.retention.ms': '0',
}

const lines: string[] = []
const log = createLogger({ level: 'info', format: 'json', write: (line) => lines.push(line) })
let control: Deployment | undefined
let deployment: Deployment | undefined
afterAll(async () => {
  await control?.close()
  await deployment?.close()
}, 60_000)

test('an erased person is found only where the documentation says, and nothing else changes', async () => {
  control = await deploy({ TOPIC_PARTITIONS: String(PARTITIONS) })
  await publish(control, events())
  await control.start()
  await control.untilCaughtUp()
  await publish(control, lastEventsOfOthers())
  await control.untilCaughtUp()
  await publish(control, ticks())
  await control.untilCaughtUp()
  await control.stop()
  const wanted = { state: await stateOfOthers(control), rows: await rowsOfOthers(control) }
  expect(Object.keys(wanted.state).length).toBeGreaterThan(100)

  deployment = await deploy({ TOPIC_PARTITIONS: String(PARTITIONS), CHECKPOINT_INTERVAL_MS: '1000' }, { log })
  const { context, database } = deployment
  await publish(deployment, events())
  await deployment.start()
  await deployment.untilCaughtUp()
  await deployment.stop()
  // The texts are there, or the search would prove nothing.
  expect((await tablesWith(deployment, PLANTED)).length).toBeGreaterThan(5)
  expect(filesWith(context.config.DATA_DIRECTORY, PLANTED)).not.toEqual([])
  await expectExport(deployment)

  const act = { doneBy: 'Li', reason: 'Request 12' }
  const { digests } = await erasePeople(database, { ids: [PERSON, 'nobody'], refuseDays: 30, ...act })
  expect(digests).toEqual([personDigest(PERSON), personDigest('nobody')])
  expect(await tablesWith(deployment, PLANTED)).toEqual([])
  const outbox = await startOutbox(context)
  await waitFor(
    async () =>
      (await database.selectFrom('outbox').select('id').where('publishedAt', 'is', null).execute()).length === 0,
    { what: 'the outbox' },
  )
  await outbox.stop()
  await killedWhileErasing(deployment)
  await deployment.start()
  await waitFor(async () => (await erasedTasks(deployment!)).size === processors.length * PARTITIONS, {
    what: 'every task to erase',
    timeoutMs: 90_000,
  })
  // Late events, and a second erasure.
  await publish(
    deployment,
    events().filter(({ event }) => JSON.stringify(event).includes(PERSON)),
  )
  await publish(deployment, lastEventsOfOthers())
  await deployment.untilCaughtUp()
  await publish(deployment, ticks())
  await deployment.untilCaughtUp()
  await erasePeople(database, { ids: [PERSON], refuseDays: 30, ...act })
  await deployment.stop()

  expect(await tablesWith(deployment, PLANTED)).toEqual([])
  expect(filesWith(context.config.DATA_DIRECTORY, PLANTED)).toEqual([])
  expect(lines.filter((line) => PLANTED.some((text) => line.includes(text)))).toEqual([])
  expect(await stateOfOthers(deployment)).toEqual(wanted.state)
  expect(await rowsOfOthers(deployment)).toEqual(wanted.rows)
  const verified = await verifyServed(context, { database: true, allowGaps: false })
  expect(Object.values(verified.processors).flatMap(({ differences }) => differences)).toEqual([])
  expect(verified.database!.differences).toEqual([])
  expect(verified.database!.erased).toEqual([personDigest(PERSON)])
  await compacted(
    deployment,
    keptRecords().map(({ topic }) => topic),
  )
}, 480_000)

async function expectExport({ context, database }: Deployment): Promise<void> {
  const { client, registry } = await openReader(context.config, log, 'test')
  try {
    const records: string[] = []
    const source = { client, registry, naming: namingOf(context.config), database }
    for await (const record of personalData(source, PERSON)) records.push(personalDataLine(record))
    const stores = new Set(
      records
        .map((line) => JSON.parse(line) as { table?: string; topic?: string })
        .map(({ table, topic }) => table ?? topic),
    )
    expect([...stores]).toEqual(
      expect.arrayContaining(['customers', 'visits', 'profiles', 'customer-features', 'scores']),
    )
    expect(records.some((line) => line.includes(PHONE))).toBe(true)
    expect(records.every((line) => !line.includes('c-00001'))).toBe(true)
  } finally {
    await client.close()
  }
}

/** Runs the processors in another process, and kills it once some tasks, but not all, have erased. */
async function killedWhileErasing(of: Deployment): Promise<void> {
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', PLATFORM_PROCESS, 'processors'], {
    env: { ...process.env, ...of.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = once(child, 'exit')
  try {
    await waitFor(async () => (await erasedTasks(of)).size > 0, { what: 'the first erasure', timeoutMs: 90_000 })
  } finally {
    child.kill('SIGKILL')
    await gone
  }
}
