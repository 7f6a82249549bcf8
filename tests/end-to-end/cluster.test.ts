/**
 * The topology of docs/cluster.md without containers: three brokers, and three processes of each part. A broker and a
 * process of each part are killed under load. Every accepted event must be counted once, by the processes that are left.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { findFreePort } from '../../deploy/ports.ts'
import { openDatabase } from '../../store/database.ts'
import { startOwnCluster, type OwnCluster } from '../support/own-cluster.ts'
import { migratedDatabase, waitFor } from '../support/services.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

const main = resolve(import.meta.dirname, '../../main.ts')
const ONLY = 'link-accounts,customer-features,conversion,opportunity-standings,visit-priority'
const parts: readonly (readonly string[])[] = [['processors', '--only', ONLY], ['sink'], ['api'], ['deliveries']]
const PROCESSES = 3
const EVENTS_BEFORE = 150
const EVENTS_AFTER = 150
const flags = ['--disable-warning=ExperimentalWarning', main]

interface PartProcess {
  readonly part: string
  readonly child: ChildProcess
  readonly address: string
  said(): string
}

let cluster: OwnCluster
let database: Awaited<ReturnType<typeof migratedDatabase>>
let environment: NodeJS.ProcessEnv
const running: PartProcess[] = []
const folder = makeTemporaryDirectory('cluster')

beforeAll(async () => {
  ;[cluster, database] = await Promise.all([startOwnCluster(), migratedDatabase()])
  environment = {
    ...process.env,
    ...{ KAFKA_BROKERS: cluster.brokers.join(','), TOPIC_REPLICATION: '3', TOPIC_PARTITIONS: '3' },
    ...{ DATABASE_URL: database.url, DATABASE_CONNECTIONS_MAX: '3', SESSION_TIMEOUT_MS: '6000', LOG_FORMAT: 'text' },
  }
  expect(await scoreline('topics')).toMatchObject({ code: 0 })
}, 120_000)

afterAll(async () => {
  await Promise.all(running.map(({ child }) => end(child, 'SIGKILL')))
  await cluster.remove()
  await database.drop()
}, 60_000)

async function scoreline(...words: string[]): Promise<{ readonly code: number | null; readonly out: string }> {
  const child = spawn(process.execPath, [...flags, ...words], {
    env: { ...environment, DATA_DIRECTORY: join(folder, 'command') },
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (out += String(piece)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out }
}

async function start(words: readonly string[], number: number): Promise<PartProcess> {
  const port = String(await findFreePort())
  const part = words[0]!
  const own = {
    DATA_DIRECTORY: join(folder, `${part}-${number}`),
    [part === 'api' ? 'API_PORT' : 'METRICS_PORT']: port,
  }
  const child = spawn(process.execPath, [...flags, ...words], { env: { ...environment, ...own } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += String(piece)))
  return { part, child, address: `http://127.0.0.1:${port}`, said: () => said }
}

const isEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (isEnded(child)) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

async function untilReady({ part, child, address, said }: PartProcess): Promise<void> {
  await waitFor(
    async () => {
      if (isEnded(child)) throw new Error(`A process of ${part} ended: ${said().slice(-2_000)}`)
      return (await fetch(`${address}/ready`)).ok
    },
    { what: `a process of ${part} to be ready`, timeoutMs: 60_000, intervalMs: 200 },
  )
}

const alive = (part: string) => running.filter((one) => one.part === part && !isEnded(one.child))

const visit = (number: number) => ({
  ...{ id: `v-${number}`, visitId: `v-${number}`, occurredAt: '2026-01-31T09:00:00Z', source: 'test' },
  ...{
    opportunityId: `o-${number % 20}`,
    customerId: `c-${number % 20}`,
    salespersonId: `s-${number % 5}`,
    text: 'ok',
  },
})

/** Posts an event to one API process after the other until one accepts it, always under the same id. */
async function post(number: number): Promise<void> {
  const body = JSON.stringify(visit(number))
  for (let attempt = number; ; attempt++) {
    const apis = alive('api')
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    const answer = await fetch(`${apis[attempt % apis.length]!.address}/events/visits`, request).catch(() => undefined)
    if (answer?.status === 202) return
    // The process was killed, or its broker: a client waits and repeats.
    if (answer !== undefined) expect([answer.status, await answer.text()]).toEqual([503, expect.any(String)])
    await new Promise((wait) => setTimeout(wait, 200))
  }
}

async function postAll(from: number, count: number): Promise<void> {
  const writers = Array.from({ length: 5 }, async (_, writer) => {
    for (let number = from + writer; number < from + count; number += 5) await post(number)
  })
  await Promise.all(writers)
}

/** Returns the waiting records of all processes of a part; `undefined` while one can't say. */
async function waitingFor(part: string): Promise<number | undefined> {
  let sum = 0
  for (const { address } of alive(part)) {
    const text = await (await fetch(`${address}/metrics`)).text()
    const own = new RegExp(`^scoreline_waiting_records\\{part="${part}"\\} (\\d+)$`, 'm').exec(text)?.[1]
    if (own === undefined) return undefined
    sum += Number(own)
  }
  return sum
}

test('a broker and a process of each part die under load: the others take over, and nothing is lost or doubled', async () => {
  for (const words of parts) for (let number = 0; number < PROCESSES; number++) running.push(await start(words, number))
  await Promise.all(running.map(untilReady))
  await postAll(0, EVENTS_BEFORE)

  const load = postAll(EVENTS_BEFORE, EVENTS_AFTER)
  await cluster.kill(await cluster.leaderOf('visits', 0))
  for (const [words] of parts) await end(alive(words!)[0]!.child, 'SIGKILL')
  await load

  const store = openDatabase({ url: database.url, poolMax: 1 })
  try {
    const stored = async () => {
      const rows = store.selectFrom('visits').select(({ fn }) => fn.countAll<string>().as('count'))
      return Number((await rows.executeTakeFirstOrThrow()).count)
    }
    await waitFor(async () => (await stored()) === EVENTS_BEFORE + EVENTS_AFTER, {
      what: 'all visits',
      timeoutMs: 90_000,
    })
    for (const part of ['processors', 'sink'])
      await waitFor(async () => (await waitingFor(part)) === 0, {
        what: `${part} to catch up`,
        timeoutMs: 90_000,
        intervalMs: 200,
      })
  } finally {
    await store.destroy()
  }
  expect(parts.map(([part]) => alive(part!).length)).toEqual(parts.map(() => PROCESSES - 1))
  await Promise.all(parts.flatMap(([part]) => alive(part!)).map(untilReady))
  const { code, out } = await scoreline('verify', '--processors', ONLY)
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('matches the replay of the inputs') })
}, 300_000)
