/**
 * The example of an extension, as a bank has it: checked against the published types, tested with the harness of the
 * package, run on a real broker, and verified.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readTopic } from '../../composition/read-topic.ts'
import type { Verification } from '../../composition/verify/verify-served.ts'
import { stagePackage } from '../../generators/package.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { createRegistry } from '../../schemas/release/registry.ts'
import { releasedSchemas, type ReleasedSchema } from '../../schemas/release/released.ts'
import { enumeration, event, int, string, type TypeOf } from '../../schemas/avro/schema.ts'
import { topic, type Topic } from '../../schemas/topic.ts'
import { visitEvidence } from '../../schemas/visits/visit-evidence.ts'
import { brokers, migratedDatabase, uniqueName, waitFor } from '../support/services.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(makeTemporaryDirectory('extension'), 'bank')
const prefix = `${uniqueName('extension')}.`
const installed = join(folder, 'node_modules')
const client = createKafkaClient({ brokers: brokers(), clientId: 'extension-test' })
let database: Awaited<ReturnType<typeof migratedDatabase>>
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  cpSync(join(root, 'examples', 'extension'), folder, { recursive: true })
  mkdirSync(join(installed, '@types'), { recursive: true })
  await stagePackage(join(installed, 'scoreline'))
  symlinkSync(join(root, 'node_modules'), join(installed, 'scoreline', 'node_modules'))
  symlinkSync(join(root, 'node_modules', '@types', 'node'), join(installed, '@types', 'node'))
  database = await migratedDatabase()
  environment = {
    ...process.env,
    ...{ KAFKA_BROKERS: brokers().join(','), DATABASE_URL: database.url, TOPIC_PREFIX: prefix, TOPIC_PARTITIONS: '2' },
    ...{ DATA_DIRECTORY: join(folder, '.scoreline'), SCORELINE_EXTENSIONS: folder, SESSION_TIMEOUT_MS: '6000' },
    ...{ STREAM_THREADS: '2', LOG_FORMAT: 'text', NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  }
}, 120_000)
afterAll(async () => {
  await client.close()
  await database.drop()
})

function run(program: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, env, encoding: 'utf8' })
  return { status, stdout, output: stdout + stderr }
}
const scoreline = (...words: string[]) => run(process.execPath, [join(root, 'main.ts'), ...words], environment)
const tsc = () => run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder])

test('it is valid by the published types, and its own test passes', () => {
  expect(tsc()).toMatchObject({ status: 0, output: '' })
  expect(run(process.execPath, ['--test'])).toMatchObject({ status: 0, output: expect.stringMatching(/pass 1\b/) })
}, 60_000)

test('the published types refuse what the platform would refuse', () => {
  const wrong = join(folder, 'wrong.ts')
  writeFileSync(
    wrong,
    "import type { Extension } from 'scoreline/extensions'\nexport const extension: Extension = { name: 'x', processors: [{ name: 'y' }] }\n",
  )
  expect(tsc()).toMatchObject({ status: 2, output: expect.stringMatching(/wrong\.ts\(2,\d+\): error TS/) })
  writeFileSync(wrong, '')
}, 60_000)

const { schemas: ownSchemas } = JSON.parse(readFileSync(join(root, 'examples/extension/released.json'), 'utf8')) as {
  readonly schemas: readonly ReleasedSchema[]
}
/** The topic as another program knows it. */
const LoyaltyLevel = event('LoyaltyLevel', '', {
  customerId: string,
  level: enumeration('LoyaltyLevelName', ['none', 'silver', 'gold']),
  points30d: int,
})
const loyaltyLevels = topic<TypeOf<typeof LoyaltyLevel>>({
  ...{ name: 'loyalty-levels', schema: LoyaltyLevel, key: 'customerId', keyOf: ({ customerId }) => customerId },
  ...{ retention: 'compacted', role: 'output', producer: '' },
})

const isEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** Returns the committed values of a topic. */
async function valuesOf<T>(topic: Topic<T>, schemas: readonly ReleasedSchema[]): Promise<T[]> {
  const codec = codecOf(topic, createRegistry([...releasedSchemas, ...schemas]))
  const values: T[] = []
  for await (const { batch, index } of readTopic(client, prefix + topic.name))
    values.push(codec.decode(valueOf(batch, index)!))
  return values
}

const visit = (id: string, occurredAt: string) => ({
  topic: 'visits',
  event: {
    ...{ id, visitId: id, occurredAt, source: 'test', opportunityId: 'o-1', customerId: 'c-1', salespersonId: 's-1' },
    text: 'They want a loan.',
  },
})

test('its processor and detector run with those of the platform, and what they served verifies', async () => {
  expect(scoreline('extensions', 'check')).toMatchObject({
    status: 0,
    output: expect.stringContaining('loyalty-level@1'),
  })
  expect(scoreline('topics')).toMatchObject({ status: 0 })
  const only = ['--only', 'loyalty-level,visit-facts']
  const processors = spawn(process.execPath, [join(root, 'main.ts'), 'processors', ...only], { env: environment })
  let log = ''
  for (const stream of [processors.stdout, processors.stderr]) stream.on('data', (text) => (log += String(text)))
  try {
    expect(scoreline('replay', join(folder, 'sample-events.jsonl'))).toMatchObject({ status: 0 })
    const moved = join(folder, 'moved.jsonl')
    const movement = { movement: 'm-1', at: '2026-02-01T10:00:00Z', member: 'c-9', points: 2_000 }
    writeFileSync(moved, `${JSON.stringify(movement)}\n`)
    expect(scoreline('import', 'table', moved, '--mapping', 'loyalty-app')).toMatchObject({ status: 0 })
    const visits = join(folder, 'visits.jsonl')
    const lines = [visit('v-day', '2026-01-05T12:00:00Z'), visit('v-night', '2026-01-06T02:00:00Z')]
    writeFileSync(visits, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    expect(scoreline('replay', visits)).toMatchObject({ status: 0 })

    const enough = async () => (await valuesOf(loyaltyLevels, ownSchemas)).length >= 4
    await waitFor(async () => isEnded(processors) || (await enough()), { what: 'the levels', timeoutMs: 60_000 })
    expect({ isEnded: isEnded(processors), log }).toEqual({ isEnded: false, log })
    const levels = await valuesOf(loyaltyLevels, ownSchemas)
    expect(levels.map(({ customerId, level }) => `${customerId} ${level}`).sort()).toEqual([
      'c-1 gold',
      'c-1 silver',
      'c-3 silver',
      'c-9 silver',
    ])
    const nightly = async () =>
      (await valuesOf(visitEvidence as Topic<{ kind: string; visitId: string }>, [])).filter(
        ({ kind }) => kind === 'at-night',
      )
    await waitFor(async () => isEnded(processors) || (await nightly()).length > 0, {
      what: 'the evidence',
      timeoutMs: 60_000,
    })
    expect((await nightly()).map(({ visitId }) => visitId)).toEqual(['v-night'])
  } finally {
    processors.kill('SIGTERM')
    if (!isEnded(processors)) await once(processors, 'exit')
  }
  expect(log).toContain('Processors running: 2')
  const words = ['--processors', 'loyalty-level,visit-facts', '--no-database', '--json']
  const verified = scoreline('verify', ...words)
  expect(verified).toMatchObject({ status: 0 })
  const { processors: outcomes } = JSON.parse(verified.stdout) as Pick<Verification, 'processors'>
  for (const { tasks } of Object.values(outcomes))
    expect(tasks.reduce((sum, { transactions }) => sum + transactions, 0)).toBeGreaterThan(0)
}, 180_000)
