import { openProducer, namingOf } from '../../composition/kafka.ts'
import type { PlainProducer } from '../../kafka/producer/plain-producer.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { calls } from '../../schemas/calls/calls.ts'
import { interactions, type Interaction } from '../../schemas/customers/interactions.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { customerFeatures as features } from '../../features/customers/customer.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

let deployment: Deployment
let producer: PlainProducer
beforeEach(async () => {
  deployment = await deploy()
  producer = await openProducer(deployment.context, 'careless')
})
afterEach(async () => {
  await producer.close()
  await deployment.close()
})

const click = (id: string, changes: Partial<Interaction> = {}): Interaction => ({
  id,
  occurredAt: Date.UTC(2026, 5, 1),
  source: 'test',
  customerId: 'c1',
  kind: 'click',
  channel: 'web',
  item: null,
  durationS: null,
  responseS: null,
  ...changes,
})

function encoded<T>(topic: Topic<T>, value: T): Buffer {
  return codecOf(topic, releasedRegistry).encode(value)
}

/** Writes any bytes under any key, as a careless producer would. */
async function send(topic: Topic, key: string, value: Buffer): Promise<void> {
  await producer.send(namingOf(deployment.context.config).topic(topic), [{ key, value }])
}

test('every sort of bad input becomes a dead letter with its cause and its bytes, and the good events around it count', async () => {
  const unknownSchema = encoded(interactions as Topic<Interaction>, click('unknown-schema'))
  unknownSchema.writeInt32BE(999_999, 1)
  const otherSchema = encoded(transactions, {
    id: 'x',
    occurredAt: 0,
    source: 'test',
    customerId: 'c1',
    accountId: 'a1',
    amountMinor: 1,
    balanceMinor: null,
    currency: 'CNY',
    kind: 'card',
    category: null,
    counterparty: null,
    channel: null,
  })
  const wrongTypes = Buffer.from(otherSchema)
  // The frame names interactions, but the bytes are those of a transaction.
  wrongTypes.writeInt32BE(releasedRegistry.idOf(interactions as Topic), 1)
  const large = Buffer.alloc(5 << 20, 7)
  const topic = interactions as Topic
  const good = (id: string, changes: Partial<Interaction> = {}) =>
    send(topic, 'c1', encoded(interactions as Topic<Interaction>, click(id, changes)))

  await good('first')
  await send(topic, 'c1', Buffer.from('这不是 Avro'))
  await send(topic, 'c1', unknownSchema)
  await send(topic, 'c1', otherSchema)
  await send(topic, 'c1', wrongTypes)
  await good('not-finite', { durationS: Number.NaN })
  await send(topic, 'c1', large)
  await send(topic, 'c2', encoded(interactions as Topic<Interaction>, click('other-key')))
  await good('far-future', { occurredAt: Date.UTC(9999, 0, 1) })
  await good('first')
  await good('second')
  await send(calls as Topic, 'c1', Buffer.from([0]))
  await deployment.start()

  const letters = await waitFor(
    async () => {
      const { rows } = await deployment.database.pool.query<{ code: string; length: number; processor: string }>(
        `select code, length(value) as length, processor from dead_letters where processor = 'customer-features'`,
      )
      return rows.length >= 9 ? rows : undefined
    },
    { what: 'the dead letters', timeoutMs: 60_000 },
  )
  const counts = Map.groupBy(letters, ({ code }) => code)
  expect(Object.fromEntries([...counts].map(([code, list]) => [code, list.length]).sort())).toEqual({
    INCOMPATIBLE_SCHEMA: 1,
    KEY_MISMATCH: 1,
    NOT_FINITE: 1,
    NOT_FRAMED: 2,
    TIME_OUT_OF_RANGE: 1,
    TOO_LARGE: 1,
    UNDECODABLE: 1,
    UNKNOWN_SCHEMA: 1,
  })
  expect(counts.get('TOO_LARGE')![0]!.length).toBe(5 << 20)

  // The repeated id is dropped: two clicks count.
  await deployment.untilCaughtUp()
  const { rows } = await deployment.database.pool.query<{ values: number[] }>(
    `select "values" from customers where customer_id = 'c1'`,
  )
  expect(rows[0]!.values[features.names.indexOf('interactions.count')]).toBe(2)
}, 120_000)
