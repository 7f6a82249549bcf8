import { smallReleases } from '../../bench/small-models.ts'
import { verifyServed } from '../../composition/verify/verify-served.ts'
import { namingOf, openProducer } from '../../composition/kafka.ts'
import { readTopic } from '../../composition/read-topic.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import { createAdmin } from '../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { loanDemand } from '../../processors/loans/loan-demand.ts'
import { sourceOf } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { interactions } from '../../schemas/customers/interactions.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { releases } from '../../schemas/models/releases.ts'
import { explorations, type Exploration } from '../../schemas/models/explorations.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import type { Topic } from '../../schemas/topic.ts'
import { processors as platformProcessors } from '../../subjects/subjects.ts'
import { FORMATS_KEY } from '../../streams/state/state-formats.ts'
import { POSITION_KEY } from '../../streams/state/reserved-kinds.ts'
import { opportunities, visits } from '../../schemas/visits/visits.ts'
import { brokers } from '../support/services.ts'
import { opportunity, visit } from '../processors/scoring-fixtures.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

let deployment: Deployment
beforeEach(async () => void (deployment = await deploy()))
afterEach(() => deployment.close())

const transaction = (index: number, changes: Partial<Transaction> = {}): Transaction => ({
  id: `t${index}`,
  occurredAt: Date.UTC(2026, 5, 1) + index * 3_600_000,
  source: 'test',
  customerId: `c${index % 7}`,
  accountId: 'a1',
  amountMinor: (index % 3 === 0 ? 1 : -1) * index * 100,
  balanceMinor: 10_000,
  currency: 'CNY',
  kind: 'card',
  category: index % 2 === 0 ? 'food' : 'fuel',
  counterparty: null,
  channel: null,
  ...changes,
})

const exploration: Exploration = {
  id: 'exploration/1',
  occurredAt: Date.UTC(2026, 6, 1),
  source: 'test',
  task: 'loan-demand',
  version: 1,
  share: 0.5,
  estimateMin: 0,
  seed: 3,
  approval: 'a test',
  changedBy: 'test',
}

async function serve(): Promise<void> {
  const { publisher } = deployment
  await publisher.publish(releases as Topic, smallReleases(Date.UTC(2026, 0, 1)))
  await deployment.start()
  await publisher.publish(opportunities as Topic, [opportunity(0)])
  // An opportunity that is read after its visits is scored once more.
  await deployment.untilCaughtUp()
  await publisher.publish(
    visits as Topic,
    [1, 2, 3, 4].map((number) => visit(`v${number}`, number)),
  )
  await publisher.publish(
    transactions as Topic,
    Array.from({ length: 60 }, (_, index) => transaction(index)),
  )
  await publisher.publish(interactions as Topic, [click('i1'), click('i1')])
  const careless = await openProducer(deployment.context, 'careless')
  await careless.send(namingOf(deployment.context.config).topic(interactions as Topic), [
    { key: 'c1', value: Buffer.from('?') },
  ])
  await careless.close()
  await deployment.untilCaughtUp()
  // Changes a setting that decisions depend on, which causes a sweep in transactions without input.
  await publisher.publish(thresholds as Topic, [
    {
      id: 'threshold/1',
      occurredAt: Date.UTC(2026, 6, 1),
      source: 'test',
      task: 'loan-demand',
      value: 0.7,
      version: 1,
      changedBy: 'test',
    },
  ])
  await publisher.publish(explorations as Topic, [exploration])
  await publisher.publish(
    transactions as Topic,
    Array.from({ length: 20 }, (_, index) => transaction(100 + index)),
  )
  await deployment.untilCaughtUp()
}

function click(id: string) {
  const occurredAt = Date.UTC(2026, 5, 2)
  return {
    id,
    occurredAt,
    source: 'test',
    customerId: 'c1',
    kind: 'click',
    channel: 'web',
    item: null,
    durationS: null,
    responseS: null,
  }
}

/** Returns the last score of the loan-demand task. */
async function anyScore(): Promise<Score> {
  const client = createKafkaClient({ brokers: brokers(), clientId: 'test' })
  const codec = codecOf(scores, releasedRegistry)
  let found: Score | undefined
  for await (const { batch, index } of readTopic(client, namingOf(deployment.context.config).topic(scores as Topic))) {
    const score = codec.decode(valueOf(batch, index)!)
    if (score.task === 'loan-demand') found = score
  }
  await client.close()
  return found!
}

const request = { database: true, allowGaps: false }

test('served records match the inputs, in every processor and in the database', async () => {
  await serve()
  const { ok, processors, database } = await verifyServed(deployment.context, request)
  const differences = [...Object.values(processors).flatMap((one) => one.differences), ...database!.differences]
  expect(differences).toEqual([])
  expect(ok).toBe(true)
  const features = processors['customer-features']!
  // Each event gives features and two scores; the sweep and the interests add more.
  expect(features.messages.compared).toBeGreaterThan(3 * (80 + 1))
  expect(features.deadLetters.compared).toBe(1)
  expect(features.tasks.reduce((sum, { inputs }) => sum + inputs, 0)).toBe(83)
  expect(features.tasks.every(({ state }) => state.compared > 0)).toBe(true)
  expect(processors['conversion']!.messages.compared).toBe(4)
  expect(database!.tables['score_history']!.compared).toBeGreaterThan(160)
  expect(database!.tables['customers']!.compared).toBe(7)
  const explored = await deployment.database
    .selectFrom('potential_customers')
    .select('customerId')
    .where('explored', '=', true)
    .execute()
  expect(explored.length).toBeGreaterThan(0)
}, 240_000)

test('a score that was altered, one too many, a wrong row and a record without its event are each named', async () => {
  await serve()
  const producer = await openProducer(deployment.context, 'tamper')
  const naming = namingOf(deployment.context.config)
  const forge = async (topic: Topic, key: string, value: unknown) =>
    producer.send(naming.topic(topic), [
      { key, value: codecOf(topic, releasedRegistry).encode(value), timestampMs: Date.UTC(2026, 0, 1) },
    ])
  const honest = await anyScore()
  await forge(scores as Topic, honest.customerId, { ...honest, visitCount: 99 })
  await forge(scores as Topic, honest.customerId, {
    ...honest,
    id: `${loanDemand.name}/transactions/0/0/forged`,
    source: sourceOf(loanDemand),
  })
  await producer.close()
  await deployment.database.pool.query(`update customers set "values"[1] = 12345 where customer_id = 'c1'`)

  const { ok, processors, database } = await verifyServed(deployment.context, request)
  expect(ok).toBe(false)
  const places = Object.values(processors).flatMap(({ differences }) => differences.map(({ place }) => place))
  expect(places.some((place) => place.endsWith(honest.id))).toBe(true)
  expect(places.some((place) => place.includes('/forged'))).toBe(true)
  expect(database!.differences.map(({ place }) => place)).toContain('table customers: c1, column values')
}, 240_000)

test('a record of any output topic or any state that was written over is named', async () => {
  await serve()
  const { context } = deployment
  const naming = namingOf(context.config)
  const client = createKafkaClient({ brokers: brokers(), clientId: 'test' })
  const producer = await openProducer(context, 'tamper')
  const forged: string[] = []
  /** Writes the last record of a topic again, with one byte changed. */
  async function forge(name: string, isMeant: (key: Buffer) => boolean): Promise<void> {
    let last: { key: Buffer; value: Buffer; partition: number; timestampMs: number } | undefined
    for await (const { batch, index } of readTopic(client, name)) {
      const [key, value] = [keyOf(batch, index)!, valueOf(batch, index)]
      if (value !== null && isMeant(key))
        last = {
          key: Buffer.from(key),
          value: Buffer.from(value),
          partition: batch.partition,
          timestampMs: batch.timestamps[index]!,
        }
    }
    if (last === undefined) return
    const { value } = last
    value[value.length - 1]! ^= 1
    await producer.send(name, [{ ...last, value }])
    forged.push(name)
  }
  try {
    const outputs = new Set(platformProcessors.flatMap(({ outputs }) => outputs as readonly Topic[]))
    // Processors write to inputs too, such as the transactions of linked accounts.
    for (const topic of outputs) if (topic.role === 'output') await forge(naming.topic(topic), () => true)
    for (const processor of platformProcessors)
      await forge(naming.changelog(processor), (key) => key[0]! > 31 && !isReserved(key))
  } finally {
    await producer.close()
    await client.close()
  }
  expect(forged.length).toBeGreaterThan(10)
  const { ok, processors } = await verifyServed(context, { ...request, database: false })
  expect(ok).toBe(false)
  const all = Object.entries(processors)
  const places = all.flatMap(([name, { differences }]) => differences.map(({ place }) => `${name}: ${place}`))
  const unnamed = forged.filter((name) => {
    const bare = name.slice(context.config.TOPIC_PREFIX.length)
    const processor = platformProcessors.find((one) => naming.changelog(one) === name)
    return !places.some((place) =>
      processor === undefined ? place.includes(`: ${bare}-`) : place.startsWith(`${processor.name}: state of`),
    )
  })
  expect({ unnamed, places }).toEqual({ unnamed: [], places })
}, 240_000)

/** Whether the key is of the engine’s own records: the position of the task, and the format of its state. */
function isReserved(key: Buffer): boolean {
  return [POSITION_KEY, FORMATS_KEY].some((reserved) => key.toString().startsWith(`${reserved}\u0000`))
}

test('inputs that are gone are a gap, and no proof', async () => {
  await serve()
  const naming = namingOf(deployment.context.config)
  const admin = createAdmin({ brokers: brokers(), clientId: 'test' })
  for (const partition of [0, 1]) await admin.deleteRecords(naming.topic(transactions as Topic), partition, 1)
  await admin.close()
  const chosen = { ...request, processors: ['customer-features'], database: false }
  const outcome = await verifyServed(deployment.context, chosen)
  expect(outcome.ok).toBe(false)
  expect(outcome.processors['customer-features']!.tasks[0]!.gap).toMatch(
    /transactions was read from offset 0, and is deleted up to/,
  )
  expect((await verifyServed(deployment.context, { ...chosen, allowGaps: true })).ok).toBe(true)
}, 240_000)
