import { transactions } from '../../schemas/customers/banking.ts'
import { deadLetters, journal } from '../../schemas/platform/platform.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message } from '../../schemas/topic.ts'
import { noMetrics, type StreamMetrics } from '../../streams/metrics.ts'
import { waitFor } from '../support/services.ts'
import { counting, transaction } from './counting-processor.ts'
import { createStream, type StreamUnderTest } from './stream-under-test.ts'

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([counting])))
afterEach(() => stream.close())

const events = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    message(transactions, transaction(`c${index % 7}`, 1, { id: `t${from + index}` })),
  )

const counts = async () => {
  const published = await stream.readAll(scores)
  const perKey = new Map<string, number[]>()
  for (const { customerId, row } of published) perKey.set(customerId, [...(perKey.get(customerId) ?? []), row[0]!])
  return { total: published.length, perKey }
}

/** Expects every event of a key once and in order: its counts are 1, 2, 3, … */
const expectExactlyOnce = ({ perKey }: { perKey: Map<string, number[]> }) => {
  for (const numbers of perKey.values()) expect(numbers).toEqual(numbers.map((_, index) => index + 1))
}

test('events become scores; a restart continues where the last run ended', async () => {
  await stream.publish(events(50))
  const first = await stream.start()
  await waitFor(async () => (await counts()).total === 50, { what: '50 scores' })
  await first.stop()
  await stream.publish(events(20, 50))
  await stream.start()
  await waitFor(async () => (await counts()).total >= 70, { what: '70 scores' })
  expectExactlyOnce(await counts())
})

test('a processor that people wait for commits more often than the platform', async () => {
  const hurried = await createStream([{ ...counting, commitWithinMs: 10 }])
  try {
    await hurried.start({ tuning: { commitIntervalMs: 60_000 } })
    for (const round of [1, 2, 3]) {
      await hurried.publish(events(1, round))
      await waitFor(async () => (await hurried.readAll(scores)).length === round, { what: `${round} scores` })
    }
  } finally {
    await hurried.close()
  }
})

test('a processor whose results may be late commits the first event at once and gathers those that follow', async () => {
  const patient = await createStream([{ ...counting, commitWithinMs: 2_000 }])
  const transactionSizes: number[] = []
  const transactionCommitted: StreamMetrics['transactionCommitted'] = (_, { events }) =>
    void transactionSizes.push(events)
  const sum = () => transactionSizes.reduce((one, other) => one + other, 0)
  const toOneKey = (id: number) => [message(transactions, transaction('c1', 1, { id: `t${id}` }))]
  try {
    await patient.start({ metrics: { ...noMetrics, transactionCommitted } })
    await patient.publish(toOneKey(0))
    await waitFor(() => sum() === 1, { what: 'the first event' })
    for (let id = 1; id <= 20; id++) await patient.publish(toOneKey(id))
    await waitFor(() => sum() === 21, { what: 'all events' })
    // One event apart, they would have been committed one by one.
    expect(transactionSizes.length).toBeLessThan(5)
  } finally {
    await patient.close()
  }
})

test('without its local state a task restores from the changelog', async () => {
  await stream.publish(events(50))
  await (await startAndWait(50)).stop()
  await stream.publish(events(20, 50))
  await stream.start({ directory: `${stream.directory}-elsewhere` })
  await waitFor(async () => (await counts()).total >= 70, { what: '70 scores' })
  expectExactlyOnce(await counts())
})

test('bad records become dead letters with cause, place and bytes, and the good ones go on', async () => {
  await stream.publishRaw(transactions, 'c1', Buffer.from('no frame'))
  await stream.publishRaw(transactions, 'c1', Buffer.from([0, 0, 0, 255, 255, 1, 2]))
  await stream.publish([
    message(transactions, transaction('c1', 1, { category: 'refused' })),
    message(transactions, transaction('c1', 2)),
  ])
  await stream.publishRaw(transactions, 'c1', null)
  await startAndWait(1)
  const letters = await waitFor(
    async () => {
      const found = await stream.readAll(deadLetters)
      return found.length === 4 ? found : undefined
    },
    { what: '4 dead letters' },
  )
  expect(letters.map(({ code }) => code).sort()).toEqual(['EMPTY', 'INVALID', 'NOT_FRAMED', 'UNKNOWN_SCHEMA'])
  const notFramed = letters.find(({ code }) => code === 'NOT_FRAMED')!
  expect(notFramed.value?.toString()).toBe('no frame')
  expect(notFramed).toMatchObject({ processor: 'counting', topic: stream.naming.topic(transactions), offset: 0 })
})

test('a record in another partition than its key’s is forwarded to the right one and counted once', async () => {
  const value = transaction('c1', 5)
  const { codecOf } = await import('../../schemas/avro/codec.ts')
  const { releasedRegistry } = await import('../../schemas/release/registry.ts')
  const bytes = codecOf(transactions, releasedRegistry).encode(value)
  await stream.publishRaw(transactions, 'c1', bytes, 0)
  await stream.publishRaw(
    transactions,
    'c1',
    codecOf(transactions, releasedRegistry).encode({ ...value, id: 'other' }),
    1,
  )
  await startAndWait(2)
  expectExactlyOnce(await counts())
})

test('two engines share the partitions, and one takes over when the other leaves', async () => {
  const [one, two] = await Promise.all([stream.start(), stream.start({ directory: `${stream.directory}-two` })])
  const owned = (engine: typeof one) => engine.tasks().get('counting') ?? []
  await waitFor(() => Promise.resolve(owned(one).length === 1 && owned(two).length === 1), {
    what: 'one partition each',
  })
  await stream.publish(events(40))
  await waitFor(async () => (await counts()).total === 40, { what: '40 scores' })
  await one.stop()
  await stream.publish(events(40, 40))
  await waitFor(async () => (await counts()).total >= 80, { what: '80 scores' })
  expect(owned(two)).toEqual([0, 1])
  expectExactlyOnce(await counts())
})

test('the journal names the slices that each transaction folded', async () => {
  await stream.publish(events(30))
  await startAndWait(30)
  const entries = await stream.readAll(journal)
  const byPartition = Map.groupBy(entries, ({ partition }) => partition)
  for (const list of byPartition.values()) {
    expect(list.map(({ sequence }) => sequence)).toEqual(list.map((_, index) => index + 1))
    const slices = list.flatMap((entry) => entry.slices)
    for (const [index, slice] of slices.entries()) expect(slice.from).toBe(index === 0 ? 0 : slices[index - 1]!.to)
  }
})

async function startAndWait(scoresWanted: number) {
  const engine = await stream.start()
  await waitFor(async () => (await counts()).total >= scoresWanted, { what: `${scoresWanted} scores` })
  return engine
}
