/** The packages of the Kafka client and of the stream engine, as other programs use them: typed, without the platform. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readTopic } from '../../composition/read-topic.ts'
import { libraries, stageLibrary } from '../../generators/libraries.ts'
import { createAdmin } from '../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { event, identifier, int, type TypeOf } from '../../schemas/avro/schema.ts'
import { createRegistry } from '../../schemas/release/registry.ts'
import { release } from '../../schemas/release/release.ts'
import { topic, type Topic } from '../../schemas/topic.ts'
import { brokers, uniqueName, waitFor } from '../support/services.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(makeTemporaryDirectory('packages'), 'project')
const options = { brokers: brokers(), clientId: 'packages-test' }
const client = createKafkaClient(options)
const producer = createPlainProducer(options)
const admin = createAdmin(options)

beforeAll(async () => {
  cpSync(join(root, 'examples', 'packages'), folder, { recursive: true })
  const scope = join(folder, 'node_modules', '@scoreline')
  mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true })
  symlinkSync(join(root, 'node_modules', '@types', 'node'), join(folder, 'node_modules', '@types', 'node'))
  for (const library of libraries) {
    stageLibrary(library, join(scope, library.name))
    // Only what the package names as a dependency can be found.
    const { dependencies } = JSON.parse(readFileSync(join(scope, library.name, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>
    }
    for (const name of Object.keys(dependencies).filter((one) => !one.startsWith('@scoreline/'))) {
      const target = join(folder, 'node_modules', name)
      mkdirSync(join(target, '..'), { recursive: true })
      symlinkSync(join(root, 'node_modules', name), target)
    }
  }
  await producer.connect()
}, 120_000)
afterAll(() => Promise.all([producer.close(), client.close(), admin.close()]))

test('the examples are valid by the types of the packages', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder],
    {
      encoding: 'utf8',
    },
  )
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
}, 60_000)

interface Program {
  readonly child: ChildProcess
  said(): string
}

function start(file: string, environment: Readonly<Record<string, string>>): Program {
  const env = { ...process.env, KAFKA_BROKERS: brokers().join(','), ...environment }
  const child = spawn(process.execPath, [join(folder, file)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (text += String(piece)))
  return { child, said: () => text }
}

async function end({ child }: { child: ChildProcess }, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** Waits as long as the program runs; the error says what it said. */
function until(program: Program, what: string, condition: () => boolean | Promise<boolean>): Promise<true> {
  let ended = false
  const check = async () => {
    ended ||= program.child.exitCode !== null
    return ended || (await condition())
  }
  const failed = (cause?: unknown) => new Error(`${what} did not come; the program said: ${program.said()}`, { cause })
  return waitFor(check, { what, timeoutMs: 60_000 }).then(
    (value) => {
      if (ended) throw failed()
      return value
    },
    (error: unknown) => {
      throw failed(error)
    },
  )
}

const valuesIn = async (name: string): Promise<Buffer[]> => {
  const values: Buffer[] = []
  for await (const { batch, index } of readTopic(client, name)) values.push(valueOf(batch, index)!)
  return values
}

test('the client copies each record once, although the program is killed and started again', async () => {
  const [FROM, TO] = [uniqueName('from'), uniqueName('to')]
  await admin.ensureTopics([FROM, TO].map((name) => ({ name, partitions: 1 })))
  const send = (first: number) =>
    producer.send(
      FROM,
      Array.from({ length: 500 }, (_, index) => ({ key: `k${index}`, value: Buffer.from(`v${first + index}`) })),
    )
  await send(0)
  const killed = start('copy-topic.ts', { FROM, TO })
  await until(killed, 'the first copies', () => killed.said().includes('copied'))
  await send(500)
  await end(killed, 'SIGKILL')
  await send(1_000)
  const restarted = start('copy-topic.ts', { FROM, TO })
  try {
    await until(restarted, 'all copies', async () => (await valuesIn(TO)).length >= 1_500)
  } finally {
    await end(restarted, 'SIGTERM')
  }
  expect((await valuesIn(TO)).map(String)).toEqual(Array.from({ length: 1_500 }, (_, index) => `v${index}`))
}, 120_000)

const keyed = { key: 'page', keyOf: ({ page }: { readonly page: string }) => page, producer: '' }
const Click = event('Click', 'A click on a page.', { page: identifier })
const Count = event('Count', 'How often a page was clicked.', { page: identifier, clicks: int })
const clicks = topic({ ...keyed, name: 'clicks', schema: Click, retention: { days: 7 }, role: 'input' })
const counts = topic({ ...keyed, name: 'counts', schema: Count, retention: 'compacted', role: 'output' })
const registry = createRegistry(release([], [clicks, counts] as Topic[]).schemas)

test('the engine counts each event once, although the program is killed and started again', async () => {
  const environment = { PREFIX: `${uniqueName('counting')}.`, STATE: join(folder, 'state') }
  const codec = codecOf(clicks, registry)
  const send = (first: number) =>
    producer.send(
      `${environment.PREFIX}clicks`,
      Array.from({ length: 100 }, (_, index) => {
        const page = `p${index % 3}`
        const click = { id: `c${first + index}`, occurredAt: Date.now(), source: 'test', page }
        return { key: page, value: codec.encode(click) }
      }),
    )
  const latest = async (): Promise<Readonly<Record<string, number>>> => {
    const values = await valuesIn(`${environment.PREFIX}counts`)
    const decoded = values.map((value) => codecOf(counts, registry).decode(value) as TypeOf<typeof Count>)
    return Object.fromEntries(decoded.map(({ page, clicks }) => [page, clicks]))
  }
  const killed = start('count-events.ts', environment)
  await until(killed, 'the engine', () => killed.said().includes('ready'))
  await send(0)
  await until(killed, 'the first counts', async () => (await latest())['p0'] === 34)
  await end(killed, 'SIGKILL')
  await send(100)
  const restarted = start('count-events.ts', environment)
  const total = async () => Object.values(await latest()).reduce((sum, count) => sum + count, 0)
  try {
    await until(restarted, 'all counts', async () => (await total()) >= 200)
  } finally {
    await end(restarted, 'SIGTERM')
  }
  expect(await latest()).toEqual({ p0: 68, p1: 66, p2: 66 })
}, 180_000)
