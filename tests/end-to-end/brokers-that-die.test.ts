/**
 * Kills, freezes or relieves of its leaderships one of three brokers under load: every event answered with 202, or
 * acknowledged, must be in the log once, at the place that the answer names.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics } from '../../api/operations/metrics.ts'
import { startApi } from '../../composition/api/api.ts'
import { verifyServed } from '../../composition/verify/verify-served.ts'
import type { CommandContext } from '../../composition/context.ts'
import { namingOf } from '../../composition/kafka.ts'
import { readConfig } from '../../config.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { createAdmin } from '../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { createPlainProducer, type PlainProducer } from '../../kafka/producer/plain-producer.ts'
import { platformTopics } from '../../streams/platform-topics.ts'
import { opportunities, visits } from '../../schemas/visits/visits.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { opportunity, visit as scoredVisit } from '../processors/scoring-fixtures.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'
import { startOwnCluster, type OwnCluster } from '../support/own-cluster.ts'
import { migratedDatabase, waitFor } from '../support/services.ts'
import { topics } from '../../subjects/subjects.ts'

const PARTITIONS = 3
const PLAIN_TOPIC = 'plain'
const ANSWERS_MIN = 50

let cluster: OwnCluster
let context: CommandContext
let address: string
let client: KafkaClient
let producer: PlainProducer
const undo: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  cluster = await startOwnCluster()
  undo.push(() => cluster.remove())
  const database = await migratedDatabase()
  undo.push(database.drop)
  const directory = mkdtempSync(join(tmpdir(), 'scoreline-brokers-'))
  undo.push(() => Promise.resolve(rmSync(directory, { recursive: true })))
  const config = readConfig({
    KAFKA_BROKERS: cluster.brokers.join(','),
    DATABASE_URL: database.url,
    DATA_DIRECTORY: directory,
    TOPIC_PARTITIONS: String(PARTITIONS),
    API_PORT: String(await findFreePort()),
  })
  context = { config, log: () => {}, print: () => {}, stopped: new AbortController().signal, fail: () => {} }
  const admin = createAdmin({ ...cluster.client, clientId: 'brokers-test' })
  const wanted = [
    ...platformTopics(namingOf(config), { topics, processors: [], partitions: PARTITIONS }),
    { name: PLAIN_TOPIC, partitions: PARTITIONS, configs: {} },
  ]
  await admin.ensureTopics(wanted.map((topic) => ({ ...topic, replicationFactor: 3, minInSyncReplicas: 2 })))
  await admin.close()
  client = createKafkaClient({ ...cluster.client, clientId: 'brokers-test' })
  undo.push(() => client.close())
  producer = createPlainProducer({ ...cluster.client, clientId: 'brokers-test' })
  undo.push(() => producer.close())
  const part = await startApi(context, createMetrics(), () => [])
  undo.push(() => part.stop())
  address = `http://127.0.0.1:${config.API_PORT}`
}, 120_000)

afterAll(async () => {
  for (const step of undo.reverse()) await step()
}, 60_000)

const visit = (id: string, customer: number) => ({
  id,
  occurredAt: '2026-01-31T09:00:00Z',
  source: 'test',
  visitId: id,
  opportunityId: 'o-1',
  customerId: `c-${customer}`,
  salespersonId: 's-1',
  text: 'ok',
})

interface Told {
  /** Place (`partition/offset`) by id, for events that were answered with 202 and sent once. */
  readonly places: Map<string, string>
  /** Ids of events that were sent again after an answer that left their fate open. */
  readonly unclear: Set<string>
  answers: number
}

/** Posts events until stopped; a refused request is repeated with the same ids until it is accepted. */
async function postLoad(name: string, told: Told, stop: AbortSignal): Promise<void> {
  for (let request = 0; !stop.aborted; request++) {
    const events = Array.from({ length: 1 + (request % 4) }, (_, i) =>
      visit(`${name}/${request}/${i}`, request * 7 + i),
    )
    for (;;) {
      const answer = await fetch(`${address}/events/visits`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(events),
      })
      const body = (await answer.json()) as { positions?: { partition: number; offset: number }[]; detail?: string }
      if (answer.status === 202) {
        told.answers++
        for (const [i, { partition, offset }] of body.positions!.entries())
          told.places.set(events[i]!.id, `${partition}/${offset}`)
        break
      }
      expect(answer.status).toBe(503)
      if (body.detail!.includes('may or may not')) for (const { id } of events) told.unclear.add(id)
      await delay(100)
    }
  }
}

async function sendLoad(name: string, told: Told, stop: AbortSignal): Promise<void> {
  for (let send = 0; !stop.aborted; send++) {
    const ids = Array.from({ length: 3 }, (_, i) => `${name}/${send}/${i}`)
    const places = await producer.send(
      PLAIN_TOPIC,
      ids.map((id) => ({ key: id, value: Buffer.from(id) })),
    )
    told.answers++
    for (const [i, { partition, offset }] of places.entries()) told.places.set(ids[i]!, `${partition}/${offset}`)
    await delay(2)
  }
}

/** Returns what a reader of committed data sees: places by id. */
async function logOf(
  topic: string,
  idOf: (bytes: Buffer, start: number, end: number) => string,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const fetcher = client.fetcher()
  try {
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const end = await client.listOffset({ topic, partition }, 'latest')
      await fetcher.assign({ topic, partition }, 'earliest')
      while (fetcher.position(topic, partition) < end) {
        const batch = fetcher.take(topic, partition)
        if (batch === undefined) await fetcher.wait(100)
        for (let i = 0; batch && i < batch.count; i++) {
          const start = batch.valueStarts[i]!
          const id = idOf(batch.bytes, start, start + batch.valueLengths[i]!)
          found.set(id, [...(found.get(id) ?? []), `${partition}/${batch.offsets[i]}`])
        }
      }
    }
    return found
  } finally {
    await fetcher.close()
  }
}

function compare(label: string, told: Told, log: Map<string, string[]>): void {
  const missing = [...told.places].filter(([id, place]) => !log.get(id)?.includes(place))
  const doubled = [...log].filter(([id, places]) => id.startsWith(label) && places.length > 1 && !told.unclear.has(id))
  expect({ missing, doubled }).toEqual({ missing: [], doubled: [] })
}

const faults: readonly (readonly [string, () => Promise<void>])[] = [
  [
    'killed',
    async () => {
      const node = await cluster.leaderOf('visits', 0)
      await cluster.kill(node)
      // Longer than the session timeout of the cluster.
      await delay(8_000)
      await cluster.restart(node)
      await cluster.untilInSync()
    },
  ],
  [
    'frozen',
    async () => {
      const node = await cluster.leaderOf('visits', 1)
      cluster.freeze(node)
      await delay(9_000)
      cluster.thaw(node)
      await cluster.untilInSync()
    },
  ],
  [
    'relieved of what it leads, again and again',
    async () => {
      for (let round = 0; round < 2; round++) {
        for (const topic of ['visits', PLAIN_TOPIC]) {
          for (let partition = 0; partition < PARTITIONS; partition++) {
            const replicas = cluster.nodes.map((_, i) => cluster.nodes[(i + round + partition) % 3]!)
            await cluster.reassign(topic, partition, replicas)
            await cluster.untilReassigned(topic, partition, replicas)
          }
        }
        await cluster.electPreferred()
        await delay(500)
      }
    },
  ],
]

test.each(faults)(
  'a broker is %s: nothing that was answered is missing or doubled',
  async (_name, inflict) => {
    const [posted, sent]: Told[] = [0, 1].map(() => ({ places: new Map(), unclear: new Set(), answers: 0 })) as [
      Told,
      Told,
    ]
    const stop = new AbortController()
    const label = `${Date.now()}`
    const load = [0, 1, 2, 3].flatMap((writer) => [
      postLoad(`${label}-post-${writer}`, posted, stop.signal),
      sendLoad(`${label}-send-${writer}`, sent, stop.signal),
    ])
    const loaded = Promise.all(load)
    loaded.catch(() => stop.abort())
    await delay(1_000)
    await inflict()
    const before = posted.answers
    // A slow machine answers fewer requests during the fault; what is compared is enough on any machine.
    const isEnough = () => posted.answers > Math.max(before, ANSWERS_MIN) && sent.answers > ANSWERS_MIN
    await waitFor(isEnough, { what: 'answers after the fault', timeoutMs: 60_000 })
    stop.abort()
    await loaded
    const codec = codecOf(visits as Topic, releasedRegistry)
    compare(
      label,
      posted,
      await logOf('visits', (bytes, start, end) => (codec.decode(bytes, start, end) as { id: string }).id),
    )
    compare(label, sent, await logOf(PLAIN_TOPIC, (bytes, start, end) => bytes.toString('utf8', start, end)))
  },
  180_000,
)

test('a deployment starts while one of three brokers is dead, serves, and what it served verifies, before and after the broker is back', async () => {
  // The broker was killed a moment ago: in every answer to a new deployment it is still the leader and the coordinator.
  const node = await cluster.leaderOf('visits', 0)
  await cluster.kill(node)
  const brokers = [node, ...cluster.nodes.filter((other) => other !== node)].map((each) => cluster.brokers[each - 1]!)
  const deployment = await deploy({ KAFKA_BROKERS: brokers.join(','), TOPIC_REPLICATION: '3' })
  try {
    await deployment.start()
    const { publisher } = deployment
    await publisher.publish(opportunities as Topic, [opportunity(0)])
    await publisher.publish(
      visits as Topic,
      Array.from({ length: 5 }, (_, number) => scoredVisit(`v${number}`, number)),
    )
    await deployment.untilCaughtUp()
    const { count } = await deployment.database
      .selectFrom('visits')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(5)
    await verifyAll(deployment)

    await cluster.restart(node)
    await cluster.untilInSync()
    await publisher.publish(visits as Topic, [scoredVisit('v5', 5)])
    await deployment.untilCaughtUp()
    await verifyAll(deployment)
  } finally {
    if (!cluster.isRunning(node)) await cluster.restart(node)
    await deployment.close()
  }
}, 240_000)

async function verifyAll({ context }: Deployment): Promise<void> {
  const { ok, processors, database } = await verifyServed(context, { database: true, allowGaps: false })
  expect({ ok, different: database!.different }).toEqual({ ok: true, different: 0 })
  const transactions = Object.values(processors).flatMap(({ tasks }) => tasks.map((task) => task.transactions))
  expect(Math.max(...transactions)).toBeGreaterThan(0)
}
