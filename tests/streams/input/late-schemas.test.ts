import type { Fetcher, KafkaClient, RecordBatch } from '../../../kafka/client.ts'
import { laterVersions, registerSchemas } from '../../../kafka/confluent-registry.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { createRegistry, releasedRegistry, subjectOf } from '../../../schemas/release/registry.ts'
import { releasedSchemas, type ReleasedSchema } from '../../../schemas/release/released.ts'
import { deadLetters, misplacedRecords, type MisplacedRecord } from '../../../schemas/platform/platform.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { topicNamed, topics } from '../../../subjects/subjects.ts'
import { startEngine } from '../../../streams/engine.ts'
import { withLateSchemas, type LateSchemasOptions } from '../../../streams/input/late-schemas.ts'
import { forwardMessage } from '../../../streams/input/misplaced.ts'
import { misplacedFrames } from '../../../streams/input/misplaced-frames.ts'
import { createNaming } from '../../../streams/naming.ts'
import { startFakeRegistry } from '../../kafka/fake-registry.ts'
import { waitFor } from '../../support/services.ts'
import { counting, transaction } from '../counting-processor.ts'
import { createStream, fastTuning } from '../stream-under-test.ts'

const KNOWN = releasedRegistry.idOf(transactions)
const LATE: ReleasedSchema = { id: 9_001, subject: 'transactions-value', version: 2, schema: transactions.schema.avro }
const subjects = new Map([['transactions', 'transactions-value']])

/** Returns a batch whose values are frames with these ids, or no frames (`null`). */
function batchOf(topic: string, ids: readonly (number | null)[]): RecordBatch {
  const bytes = Buffer.alloc(ids.length * 6)
  ids.forEach((id, index) => (id === null ? bytes.writeUInt8(7, index * 6) : bytes.writeInt32BE(id, index * 6 + 1)))
  const zeros = new Int32Array(ids.length)
  return {
    topic,
    partition: 0,
    producerId: -1,
    producerEpoch: -1,
    bytes,
    count: ids.length,
    offsets: Float64Array.from(ids, (_, index) => index),
    timestamps: new Float64Array(ids.length),
    keyStarts: zeros,
    keyLengths: zeros,
    valueStarts: Int32Array.from(ids, (_, index) => index * 6),
    valueLengths: Int32Array.from(ids, () => 6),
    headerStarts: zeros,
  }
}

interface Asked {
  readonly subject: string
  readonly after: number
}

/** A client with one partition that holds these batches, and a schema registry that the test controls. */
function underTest(
  batches: RecordBatch[],
  answer: () => Promise<readonly ReleasedSchema[]>,
  options: Partial<LateSchemasOptions> = {},
) {
  const asked: Asked[] = []
  const lines: string[] = []
  const woken: string[] = []
  const inner = {
    peek: () => batches[0],
    take: () => batches.shift(),
    close: () => Promise.resolve(),
  } as unknown as Fetcher
  const { client, registry } = withLateSchemas({
    client: { fetcher: () => inner, close: () => Promise.resolve() } as unknown as KafkaClient,
    registry: releasedRegistry,
    subjects,
    laterVersions(subject, after) {
      asked.push({ subject, after })
      return answer()
    },
    log: (level, line) => void lines.push(`${level} ${line}`),
    pausesMs: [0, 1, 1, 1],
    ...options,
  })
  const fetcher = client.fetcher({ onArrival: (topic, partition) => void woken.push(`${topic}/${partition}`) })
  return { fetcher, registry, asked, lines, woken }
}

test('known ids, values that are not frames and topics without events pass at once, without a lookup', () => {
  const known = [batchOf('transactions', [KNOWN, null, KNOWN]), batchOf('changelog', [9_001])]
  const { fetcher, asked } = underTest([...known], () => Promise.reject(new Error('must not be asked')))
  expect(fetcher.peek('transactions', 0)).toBe(known[0])
  expect(fetcher.take('transactions', 0)).toBe(known[0])
  expect(fetcher.take('changelog', 0)).toBe(known[1])
  expect(asked).toEqual([])
})

test('a batch with an unknown id waits for the registry’s answer, and the reader is woken', async () => {
  const { promise, resolve } = Promise.withResolvers<readonly ReleasedSchema[]>()
  const batch = batchOf('transactions', [KNOWN, 9_001])
  const { fetcher, registry, asked, woken, lines } = underTest([batch], () => promise)
  expect(fetcher.take('transactions', 0)).toBeUndefined()
  expect(fetcher.peek('transactions', 0)).toBeUndefined()
  resolve([LATE])
  await waitFor(() => woken.length > 0, { what: 'the reader to be woken' })
  expect(fetcher.take('transactions', 0)).toBe(batch)
  expect(registry.byId(9_001)).toBe(LATE)
  expect(asked).toEqual([{ subject: 'transactions-value', after: 1 }])
  expect(lines).toEqual(['info transactions-value has a version 2 now, with the schema id 9001'])
})

test('an id that the registry does not have is let through after a second answer, and is not asked for again', async () => {
  const batches = [batchOf('transactions', [9_001]), batchOf('transactions', [9_001])]
  const { fetcher, asked, woken, lines } = underTest([...batches], () => Promise.resolve([]))
  expect(fetcher.take('transactions', 0)).toBeUndefined()
  await waitFor(() => woken.length > 0, { what: 'the reader to be woken' })
  expect(fetcher.take('transactions', 0)).toBe(batches[0])
  expect(fetcher.take('transactions', 0)).toBe(batches[1])
  expect(asked).toHaveLength(2)
  expect(lines).toEqual([
    'warn No schema of transactions-value is known under the id 9001: the registry does not have it. Such records go to the dead letters.',
  ])
})

test('a forwarded record waits for the schema of the record within', async () => {
  const value = Buffer.from([0, 0, 0, 0, 0, 7])
  value.writeInt32BE(9_001, 1)
  const { value: sentOn } = forwardMessage(
    counting,
    { topic: transactions as Topic, topicId: 'one', partition: 1, offset: 5 },
    { occurredAt: 1, writtenAt: 1, key: 'c1', value },
  )
  const bytes = codecOf(misplacedRecords, releasedRegistry).encode(sentOn as MisplacedRecord)
  const one = batchOf('misplaced-records', [null])
  const batch = { ...one, bytes, valueStarts: Int32Array.of(0), valueLengths: Int32Array.of(bytes.length) }
  const { fetcher, asked, woken } = underTest([batch], () => Promise.resolve([LATE]), {
    subjects: new Map([...subjects, ['misplaced-records', 'misplaced-records-value']]),
    framesWithin: misplacedFrames(createNaming(''), releasedRegistry, topicNamed),
  })
  expect(fetcher.take('misplaced-records', 0)).toBeUndefined()
  await waitFor(() => woken.length > 0, { what: 'the reader to be woken' })
  expect(fetcher.take('misplaced-records', 0)).toBe(batch)
  expect(asked).toEqual([{ subject: 'transactions-value', after: 1 }])
})

test('made-up ids wait for one answer once the subject has been refused', async () => {
  const { fetcher, asked, woken } = underTest(
    [batchOf('transactions', [9_001]), batchOf('transactions', [9_002])],
    () => Promise.resolve([]),
  )
  fetcher.take('transactions', 0)
  await waitFor(() => woken.length === 1, { what: 'the first answer' })
  fetcher.take('transactions', 0)
  expect(fetcher.take('transactions', 0)).toBeUndefined()
  await waitFor(() => woken.length === 2, { what: 'the second answer' })
  expect(fetcher.take('transactions', 0)).toBeDefined()
  expect(asked).toHaveLength(3)
})

test('a registry that does not answer is asked again, and in the end the records are let through with the reason in the log', async () => {
  let calls = 0
  const recovering = underTest([batchOf('transactions', [9_001])], () =>
    ++calls < 3 ? Promise.reject(new Error('no answer')) : Promise.resolve([LATE]),
  )
  recovering.fetcher.take('transactions', 0)
  await waitFor(() => recovering.woken.length > 0, { what: 'the registry to come back' })
  expect(recovering.registry.byId(9_001)).toBe(LATE)

  const dead = underTest([batchOf('transactions', [9_001])], () => Promise.reject(new Error('no answer')))
  dead.fetcher.take('transactions', 0)
  await waitFor(() => dead.woken.length > 0, { what: 'the registry to be given up' })
  expect(dead.asked).toHaveLength(4)
  expect(dead.lines[0]).toContain('no answer')
  expect(dead.fetcher.take('transactions', 0)).toBeDefined()
})

test('events of a schema that others register while the engine runs are folded; those of no schema at all are dead letters', async () => {
  await using fake = await startFakeRegistry()
  const stream = await createStream([counting])
  const late = withLateSchemas({
    client: stream.client,
    registry: createRegistry(await registerSchemas(fake.url, releasedSchemas, () => {})),
    subjects: new Map(topics.map((topic) => [stream.naming.topic(topic), subjectOf(topic)])),
    laterVersions: (subject, after) => laterVersions(fake.url, subject, after),
    log: () => {},
    pausesMs: [0, 10],
  })
  const engine = await startEngine({
    client: late.client,
    naming: stream.naming,
    registry: late.registry,
    processors: [counting],
    loadModel: () => {
      throw new Error('no models here')
    },
    stateDirectory: stream.directory,
    log: () => {},
    onFatal: (error) => console.error(error),
    tuning: fastTuning,
  })
  try {
    const { avro } = transactions.schema as { avro: { fields: unknown[] } }
    const theirs = { ...avro, fields: [...avro.fields, { name: 'terminal', type: ['null', 'string'], default: null }] }
    const id = fake.add('transactions-value', theirs)
    const theirTopic = { ...transactions, schema: { ...transactions.schema, avro: theirs } } as typeof transactions
    const theirRegistry = createRegistry([{ id, subject: 'transactions-value', version: 1, schema: theirs }])
    const value = { ...transaction('c1', 5), terminal: 'T-1' }
    await stream.publishRaw(transactions, 'c1', codecOf(theirTopic, theirRegistry).encode(value))
    await stream.publishRaw(transactions, 'c1', Buffer.from([0, 0, 0, 255, 255, 1, 2]))
    const folded = () => readAs(late.registry, scores)
    await waitFor(async () => (await folded()) === 1, { what: 'the score of the event' })
    await waitFor(async () => (await readAs(late.registry, deadLetters)) === 1, { what: 'the dead letter' })
  } finally {
    await engine.stop()
    await stream.close()
  }

  async function readAs<T>(registry: typeof late.registry, topic: Topic<T>): Promise<number> {
    const fetcher = stream.client.fetcher()
    const name = stream.naming.topic(topic as Topic)
    let count = 0
    for (const partition of [0, 1]) {
      const end = await stream.client.listOffset({ topic: name, partition }, 'latest_stable')
      await fetcher.assign({ topic: name, partition }, 'earliest')
      while (fetcher.position(name, partition) < end) {
        const batch = fetcher.take(name, partition)
        if (batch === undefined) await fetcher.wait(500)
        else count += batch.count
      }
    }
    expect(registry.idOf(topic as Topic)).toBeGreaterThan(100_000)
    await fetcher.close()
    return count
  }
})
