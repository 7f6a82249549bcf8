import {
  addDeliveries,
  markOtherChannelsDead,
  channelBacklogs,
  claimDeliveries,
  finishDeliveries,
  listDeliveries,
  pruneDeliveries,
  redriveDeliveries,
  type NewDelivery,
} from '../../../store/deliveries/deliveries.ts'
import { advancePosition, PositionError, positionOf } from '../../../store/positions.ts'
import { count, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const HOUR_MS = 3_600_000

const deliveryOf = (messageId: string, record: string, changes: Partial<NewDelivery> = {}): NewDelivery => ({
  channel: 'crm',
  messageId,
  topic: 'alerts',
  type: 'alert.raised',
  kind: 'invalid-visits',
  record,
  body: '{}',
  occurredAt: new Date(0),
  dueAt: undefined,
  ...changes,
})
const add = (...deliveries: NewDelivery[]) =>
  store.database.transaction().execute((transaction) => addDeliveries(transaction, deliveries))
const claim = (name: string, changes: { inOrder?: boolean; leaseMs?: number; limit?: number } = {}) =>
  claimDeliveries(store.database, {
    channel: 'crm',
    limit: 10,
    leaseMs: HOUR_MS,
    claim: name,
    inOrder: true,
    ...changes,
  })
const ids = (claimed: readonly { readonly messageId: string }[]) => claimed.map(({ messageId }) => messageId)

test('messages about one record go out one at a time, in order, and each is queued once', async () => {
  await add(deliveryOf('a1', 'a'), deliveryOf('a2', 'a'), deliveryOf('b1', 'b'), deliveryOf('a1', 'a'))
  await add(deliveryOf('a2', 'a'))
  const first = await claim('one')
  expect(ids(first)).toEqual(['a1', 'b1'])
  expect(first[0]).toMatchObject({ attempts: 1, record: 'a', occurredAt: new Date(0) })
  // While messages about a record are in flight, no process can claim others about it.
  expect(await claim('two')).toEqual([])
  expect(
    await finishDeliveries(store.database, 'one', [first[0]!.number], { status: 'delivered', answer: '200' }),
  ).toBe(1)
  expect(ids(await claim('two'))).toEqual(['a2'])
})

test('a failed message waits with those after it, and holds up no other record', async () => {
  await add(deliveryOf('a1', 'a'), deliveryOf('a2', 'a'))
  const [failing] = await claim('one')
  await finishDeliveries(store.database, 'one', [failing!.number], {
    status: 'waiting',
    answer: '500',
    waitMs: HOUR_MS,
  })
  await add(deliveryOf('b1', 'b'))
  expect(ids(await claim('two'))).toEqual(['b1'])
  expect(await channelBacklogs(store.database)).toMatchObject([{ channel: 'crm', waiting: 3, dead: 0 }])
})

test('two processes share the due messages', async () => {
  await add(...Array.from({ length: 40 }, (_, index) => deliveryOf(`m${index}`, `r${index}`)))
  const taken = await Promise.all(['one', 'two', 'three', 'four'].map((name) => claim(name)))
  expect(new Set(taken.flatMap(ids)).size).toBe(40)
})

test('after the lease another process takes over, and the first one’s late result is ignored', async () => {
  await add(deliveryOf('a1', 'a'))
  const [late] = await claim('dead', { leaseMs: 0 })
  const [again] = await claim('alive')
  expect(again).toMatchObject({ messageId: 'a1', attempts: 2 })
  expect(await finishDeliveries(store.database, 'dead', [late!.number], { status: 'dead', answer: 'no' })).toBe(0)
  expect(await finishDeliveries(store.database, 'alive', [again!.number], { status: 'delivered', answer: '' })).toBe(1)
})

test('messages of a digest wait for its time and are taken as a whole', async () => {
  const dueAt = new Date(Date.now() + HOUR_MS)
  await add(deliveryOf('later', 'a', { dueAt }), deliveryOf('a1', 'a', { dueAt: new Date(0) }), deliveryOf('a2', 'a'))
  expect(ids(await claim('digest', { inOrder: false }))).toEqual(['a1', 'a2'])
  // Messages that are not due yet are not part of the backlog.
  const [backlog] = await channelBacklogs(store.database)
  expect(backlog).toMatchObject({ waiting: 3 })
})

test('dead ones are listed, sent again from the beginning, and forgotten after their time', async () => {
  await add(deliveryOf('a1', 'a'), deliveryOf('b1', 'b'), deliveryOf('c1', 'c'))
  const claimed = await claim('one')
  const numbers = claimed.map(({ number }) => number)
  await finishDeliveries(store.database, 'one', numbers, { status: 'dead', answer: '422 with a \u0000 in it' })
  expect(await listDeliveries(store.database, { status: 'dead', record: 'a' }, { limit: 10 })).toMatchObject([
    { messageId: 'a1', attempts: 1, answer: '422 with a  in it' },
  ])
  expect(await listDeliveries(store.database, {}, { limit: 10, after: numbers[1]! })).toHaveLength(1)
  expect(await redriveDeliveries(store.database, { channel: 'other' })).toBe(0)
  expect(await redriveDeliveries(store.database, { numbers: [numbers[0]!] })).toBe(1)
  expect(await claim('two')).toMatchObject([{ messageId: 'a1', attempts: 1 }])
  expect(await pruneDeliveries(store.database, new Date(0))).toBe(0)
  expect(await pruneDeliveries(store.database, new Date(Date.now() + HOUR_MS))).toBe(2)
  expect(await count(store.database, 'deliveries')).toBe(1)
})

test('messages waiting for a retired channel end, but not those that may belong to a newly added one', async () => {
  await add(deliveryOf('a1', 'a'), deliveryOf('b1', 'b'))
  await store.database.pool.query("update deliveries set created_at = now() - interval '2 minutes' where record = 'a'")
  expect(await markOtherChannelsDead(store.database, ['crm'], 'retired')).toBe(0)
  expect(await markOtherChannelsDead(store.database, ['other'], 'retired')).toBe(1)
})

test('records are queued together with their position, or not at all', async () => {
  const range = { topic: 'alerts', partition: 0, from: 5, to: 8, topicId: 't' }
  const failing = advancePosition(store.database, 'deliveries', range, async (transaction) => {
    await addDeliveries(transaction, [deliveryOf('a1', 'a')])
    throw new Error('cut')
  })
  await expect(failing).rejects.toThrow('cut')
  expect(await positionOf(store.database, 'deliveries', 'alerts', 0)).toBeUndefined()
  expect(await count(store.database, 'deliveries')).toBe(0)
  await advancePosition(store.database, 'deliveries', range, (transaction) =>
    addDeliveries(transaction, [deliveryOf('a1', 'a')]),
  )
  expect(await positionOf(store.database, 'deliveries', 'alerts', 0)).toEqual({ nextOffset: 8, topicId: 't' })
  await expect(advancePosition(store.database, 'deliveries', range)).rejects.toThrow(PositionError)
})
