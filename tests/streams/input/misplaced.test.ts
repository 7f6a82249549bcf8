import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { partitionOfKey } from '../../../kafka/producer/partition-of-key.ts'
import { processors, topics } from '../../../subjects/subjects.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { contactPermissions } from '../../../schemas/calls/contact-permissions.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { deadLetters, misplacedRecords } from '../../../schemas/platform/platform.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import { forwardedBefore, mayBeMisplaced, forwardMessage, forwardedTopicsOf } from '../../../streams/input/misplaced.ts'
import { createTaskState } from '../../../streams/state/task-state.ts'
import { waitFor } from '../../support/services.ts'
import { counting, otherCounting as other, transaction } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'
import { verifyStream } from '../verify-stream.ts'

const PARTITIONS = 3

const rebuilt = { ...counting, version: 2 }

let stream: StreamUnderTest | undefined
afterEach(async () => {
  await stream?.close()
  stream = undefined
})

/** Publishes as a producer that partitions by CRC32 does, with events of all ages. */
async function publishByCrc(count: number, from = 0): Promise<number> {
  let misplaced = 0
  const codec = codecOf(transactions, releasedRegistry)
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const key = `c${(from + index) % 7}`
      const occurredAt = 1_700_000_000_000 - (((from + index) * 13) % 40) * DAY_MS
      const partition = crc32(key) % PARTITIONS
      if (partition !== partitionOfKey(key, PARTITIONS)) misplaced++
      const event = transaction(key, 1, { id: `t${from + index}`, occurredAt })
      await stream!.publishRaw(transactions as Topic, key, codec.encode(event), partition)
    }),
  )
  return misplaced
}

/** Returns, for each processor, how often each customer was scored, and the last count. */
async function outcome(): Promise<Record<string, number[]>> {
  const counts: Record<string, number[]> = {}
  for (const { id, customerId, row } of await stream!.readAll(scores))
    (counts[`${id.slice(0, id.indexOf('/'))} ${customerId}`] ??= []).push(row[0]!)
  return counts
}

const untilScored = (count: number) =>
  waitFor(async () => (await stream!.readAll(scores)).length >= count, { what: `${count} scores`, timeoutMs: 30_000 })

/** Expects each processor’s counts of each customer to rise by one, up to `count`. */
function expectOnce(found: Record<string, number[]>, names: readonly string[], count: number): void {
  for (const name of names) {
    const all = Object.entries(found).filter(([who]) => who.startsWith(`${name} `))
    for (const [, rows] of all) expect(rows).toEqual(rows.map((_, index) => index + 1))
    expect(all.reduce((sum, [, rows]) => sum + rows.length, 0)).toBe(count)
  }
}

test('of the processors that read a topic of events exactly one sends its misplaced records on', () => {
  for (const topic of topics.filter(mayBeMisplaced)) {
    const readers = processors.filter(({ inputs }) => inputs.some((input) => (input.topic as Topic) === topic))
    const senders = processors.filter((processor) => forwardedTopicsOf(processor, processors).has(topic))
    expect(senders).toEqual(readers.slice(0, 1))
  }
})

test('from any sender and start: each record counts the first time, and never again', () => {
  const origin = (topicId: string, partition: number, offset: number) => ({
    topic: transactions as Topic,
    topicId,
    partition,
    offset,
  })
  const senders = fc.array(
    fc.record({ partition: fc.nat(2), from: fc.nat(3), steps: fc.integer({ min: 1, max: 20 }) }),
    {
      maxLength: 12,
    },
  )
  fc.assert(
    fc.property(senders, fc.array(fc.nat(11)), (runs, turns) => {
      const state = createTaskState(memoryStore(), { state: [] }, { cachedRecordsMax: 100 })
      // Each starts at or before what has been forwarded so far, as a rebuilt one does.
      const next = new Map<number, number>()
      const reached = new Map<number, number>()
      const came = new Set<string>()
      const order = [...turns, ...runs.flatMap(({ steps }, index) => Array<number>(steps).fill(index))]
      for (const turn of order) {
        const run = runs[turn]
        if (run === undefined) continue
        const offset = next.get(turn) ?? Math.min(run.from, reached.get(run.partition) ?? 0)
        next.set(turn, offset + 1)
        const name = `${run.partition}/${offset}`
        expect(forwardedBefore(state, origin('one', run.partition, offset))).toBe(came.has(name))
        came.add(name)
        reached.set(run.partition, Math.max(reached.get(run.partition) ?? 0, offset + 1))
        state.commit()
      }
    }),
  )
  const state = createTaskState(memoryStore(), { state: [] }, { cachedRecordsMax: 100 })
  expect(forwardedBefore(state, origin('old', 0, 900))).toBe(false)
  // The topic was deleted and recreated: its offsets begin at 0 again.
  expect(forwardedBefore(state, origin('new', 0, 0))).toBe(false)
  expect(forwardedBefore(state, origin('old', 0, 900))).toBe(true)
})

test('two processors read records of all ages that stand by CRC32: each counts once, is sent on once, and the topic stays as it is', async () => {
  stream = await createStream([counting, other], { partitions: PARTITIONS })
  const misplaced = await publishByCrc(200)
  expect(misplaced).toBeGreaterThan(50)
  await stream.start()
  await untilScored(400)
  // Any duplicates would arrive before these.
  const more = await publishByCrc(21, 200)
  await untilScored(442)
  expectOnce(await outcome(), ['counting', 'other-counting'], 221)
  expect(await stream.readAll(misplacedRecords)).toHaveLength(misplaced + more)
  expect(await stream.readAll(transactions)).toHaveLength(221)
  for (const processor of [counting, other]) {
    const { differences, tasks } = await verifyStream(stream, processor, {
      processors: [counting, other],
      partitions: PARTITIONS,
    })
    expect(differences).toEqual([])
    expect(tasks.every(({ gap }) => gap === undefined)).toBe(true)
  }
}, 90_000)

test('a new version sends them on once more, and none is counted twice', async () => {
  stream = await createStream([counting, other, rebuilt], { partitions: PARTITIONS })
  const misplaced = await publishByCrc(140)
  const before = await stream.start({ processors: [counting, other] })
  await untilScored(280)
  await before.stop()
  await stream.start({ processors: [rebuilt, other] })
  await waitFor(async () => (await stream!.readAll(misplacedRecords)).length === 2 * misplaced, {
    what: 'all of them again',
  })
  await publishByCrc(70, 140)
  await untilScored(280 + 210 + 70)
  const found = await outcome()
  expectOnce(found, ['other-counting'], 210)
  // Both versions have the same name; the new one counts from 1 again.
  const counts = Object.entries(found).filter(([who]) => who.startsWith('counting '))
  for (const [, rows] of counts) {
    const again = rows.indexOf(1, 1)
    expect(rows.slice(0, again)).toEqual(rows.slice(0, again).map((_, index) => index + 1))
    expect(rows.slice(again)).toEqual(rows.slice(again).map((_, index) => index + 1))
  }
  expect(counts.reduce((sum, [, rows]) => sum + rows.length, 0)).toBe(350)
  const { differences } = await verifyStream(stream, other, { processors: [rebuilt, other], partitions: PARTITIONS })
  expect(differences).toEqual([])
}, 90_000)

test('a record that no task has forwarded is named, and a missing forwarded record is reported', async () => {
  stream = await createStream([counting, other], { partitions: PARTITIONS })
  const misplaced = await publishByCrc(14)
  const forged = forwardMessage(
    counting,
    { topic: transactions as Topic, topicId: 'made up', partition: 0, offset: 7 },
    {
      occurredAt: 1,
      writtenAt: 1_700_000_000_000,
      key: 'c1',
      value: codecOf(transactions, releasedRegistry).encode(transaction('c1', 1, { id: 'forged' })),
    },
  )
  await stream.publish([{ ...forged, value: { ...(forged.value as object), source: 'somebody' } }])
  // Here `counting` comes last, so it forwards nothing.
  await stream.start({ processors: [other, counting] })
  await untilScored(30)
  const { messages, differences } = await verifyStream(stream, counting, {
    processors: [counting, other],
    partitions: PARTITIONS,
  })
  expect(messages).toMatchObject({ compared: 15, missing: misplaced, extra: 1 })
  expect(differences.some(({ got }) => got.endsWith('written by none of its tasks'))).toBe(true)
}, 90_000)

test('a misplaced record that can’t be folded becomes one dead letter of each processor; one without a key as well', async () => {
  stream = await createStream([counting, other], { partitions: PARTITIONS })
  const codec = codecOf(transactions, releasedRegistry)
  const keyless = partitionOfKey('c1', PARTITIONS)
  const letterPlace = `transactions ${keyless} 0`
  const wrong = (partitionOfKey('c1', PARTITIONS) + 1) % PARTITIONS
  for (const [id, category] of [
    ['bug', 'bug'],
    ['refused', 'refused'],
    ['good', null],
  ] as const)
    await stream.publishRaw(transactions as Topic, 'c1', codec.encode(transaction('c1', 1, { id, category })), wrong)
  const producer = stream.client.transactionalProducer(`${stream.prefix}without-key`)
  await producer.init()
  producer.begin()
  producer.append(
    stream.naming.topic(transactions as Topic),
    keyless,
    Date.now(),
    null,
    codec.encode(transaction('c1', 1)),
  )
  await producer.commit()
  await producer.close()
  await stream.start()
  const letters = await waitFor(
    async () => {
      const found = await stream!.readAll(deadLetters)
      return found.length === 6 ? found : undefined
    },
    { what: 'six dead letters' },
  )
  await untilScored(2)
  expectOnce(await outcome(), ['counting', 'other-counting'], 1)
  const sorted = letters.map(({ processor, code, key }) => `${processor} ${code} ${String(key)}`).sort()
  expect(sorted).toEqual(
    ['counting', 'other-counting'].flatMap((name) => [
      `${name} FOLD_FAILED c1`,
      `${name} INVALID c1`,
      `${name} KEY_MISMATCH null`,
    ]),
  )
  // The dead letters name the place of the record, from which it can be read again.
  const places = letters.map(
    ({ topic, partition, offset }) => `${topic.slice(stream!.prefix.length)} ${partition} ${offset}`,
  )
  expect(new Set(places)).toEqual(new Set([`transactions ${wrong} 0`, `transactions ${wrong} 1`, letterPlace]))
  for (const { offset, partition, value } of letters)
    if (partition === wrong && offset === 0) expect(codec.decode(value!, 0, value!.length).id).toBe('bug')
}, 60_000)

test('a topic that no processor reads has no forwarder: the sink takes its events where they are', () => {
  expect(mayBeMisplaced(contactPermissions as Topic)).toBe(true)
  expect(
    processors.some((processor) => forwardedTopicsOf(processor, processors).has(contactPermissions as Topic)),
  ).toBe(false)
})
