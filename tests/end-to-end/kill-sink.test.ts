import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { clientOptions, namingOf } from '../../composition/kafka.ts'
import { readTopic } from '../../composition/read-topic.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import { interactions, type Interaction } from '../../schemas/customers/interactions.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { customerFeatures } from '../../schemas/customers/customer-features.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import type { Topic } from '../../schemas/topic.ts'
import { customerFeatures as features } from '../../features/customers/customer.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'
import { steadyLoad, type SteadyLoad } from './steady-load.ts'

const program = fileURLToPath(new URL('./platform-process.ts', import.meta.url))
const CUSTOMERS = 40
const KILLS = 3

let deployment: Deployment
let load: SteadyLoad | undefined
const children = new Set<ChildProcess>()
beforeEach(async () => void (deployment = await deploy()))
afterEach(async () => {
  await load?.stop()
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  await deployment.close()
})

async function start(part: 'sink' | 'processors'): Promise<ChildProcess> {
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', program, part], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...deployment.environment },
  })
  children.add(child)
  await once(child.stdout!, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  children.delete(child)
}

/** Interests of a quiet customer are published once a day and not with each event. */
const BY_EVENT = "task <> 'preferences'"

async function published(topic: Topic, counts: (event: unknown) => boolean = () => true): Promise<number> {
  const { decode } = codecOf(topic, releasedRegistry)
  const client = createKafkaClient(clientOptions(deployment.context.config, 'count'))
  let count = 0
  for await (const { batch, index } of readTopic(client, namingOf(deployment.context.config).topic(topic)))
    if (counts(decode(valueOf(batch, index)!))) count++
  await client.close()
  return count
}

async function rows(sql: string): Promise<number> {
  const { rows: found } = await deployment.database.pool.query(sql)
  return (found as { count: number }[])[0]!.count
}

const event = (index: number): Interaction => ({
  id: `i${index}`,
  occurredAt: Date.UTC(2026, 5, 1) + index * 60_000,
  source: 'test',
  customerId: `c${index % CUSTOMERS}`,
  kind: 'click',
  channel: 'web',
  item: null,
  durationS: null,
  responseS: null,
})

test('sink and processors killed in the middle of work: topics and database hold every event exactly once', async () => {
  load = steadyLoad(event, (batch) => deployment.publisher.publish(interactions, batch))
  let processors = await start('processors')
  let sink = await start('sink')
  for (let round = 0; round < KILLS; round++) {
    const before = await rows('select count(*) from score_history')
    await waitFor(async () => (await rows('select count(*) from score_history')) > before, {
      what: 'rows before the kill',
      timeoutMs: 60_000,
      intervalMs: 100,
    })
    await delay(71 * round)
    await Promise.all([kill(sink), kill(processors)])
    ;[processors, sink] = await Promise.all([start('processors'), start('sink')])
  }
  const events = await load.stop()

  // Each event gives one row of features, and a score of each of the two tasks that score customers.
  await waitFor(async () => (await rows(`select count(*) from score_history where ${BY_EVENT}`)) >= 2 * events, {
    what: `${2 * events} scores`,
    timeoutMs: 90_000,
    intervalMs: 250,
  })
  expect(await published(customerFeatures)).toBe(events)
  expect(await published(scores, (score) => (score as Score).task !== 'preferences')).toBe(2 * events)
  const interests = await published(scores, (score) => (score as Score).task === 'preferences')
  expect(interests).toBeGreaterThanOrEqual(CUSTOMERS)
  await waitFor(
    async () =>
      (await rows(
        `select coalesce(sum("values"[${features.names.indexOf('interactions.count') + 1}]), 0)::int as count from customers`,
      )) === events,
    {
      what: 'the features of all events',
    },
  )
  await waitFor(async () => (await rows('select count(*) from score_history')) >= 2 * events + interests, {
    what: 'all scores',
  })
  expect(await rows('select count(*) from score_history')).toBe(2 * events + interests)
  expect(await rows('select count(distinct id) from score_history')).toBe(2 * events + interests)
  expect(await rows('select count(*) from customers')).toBe(CUSTOMERS)
}, 240_000)
