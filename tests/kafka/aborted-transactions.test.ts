import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import type { TransactionalProducer } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { javaReads } from './java-client.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { readToEnd } from './read-to-end.ts'

const client = createKafkaClient({ brokers, clientId: 'aborted-transactions-test' })
afterAll(() => client.close())

interface Writer {
  /** Writes one record and waits until it is in the log, so that an abort has something to abort. */
  write(topic: string, value: string): Promise<void>
  commit(): Promise<void>
  abort(): Promise<void>
}

async function startWriter(): Promise<Writer> {
  const producer: TransactionalProducer = client.transactionalProducer(uniqueName('writer'))
  await producer.init()
  let open = false
  return {
    async write(topic, value) {
      if (!open) producer.begin()
      open = true
      producer.append(topic, 0, Date.now(), null, Buffer.from(value))
      await producer.flush()
    },
    async commit() {
      if (open) await producer.commit()
      open = false
    },
    async abort() {
      if (open) await producer.abort()
      open = false
    },
  }
}

let one: Writer
let two: Writer
let three: Writer
beforeAll(async () => {
  ;[one, two, three] = await Promise.all([startWriter(), startWriter(), startWriter()])
})

/** From responses that hold everything down to responses with a single batch. */
const sizes = [1 << 20, 300, 1]

describe('records of aborted transactions never appear', () => {
  it('if transactions of several producers overlap', async () => {
    const topic = await createTopic()
    await one.write(topic, 'aborted 1')
    await two.write(topic, 'committed 2')
    await three.write(topic, 'aborted 3')
    await one.write(topic, 'aborted 1 again')
    await three.abort()
    await two.write(topic, 'committed 2 again')
    await three.write(topic, 'committed 3')
    await two.commit()
    await one.abort()
    await one.write(topic, 'committed 1')
    await three.commit()
    await one.commit()
    for (const partitionBytesMax of sizes) {
      const { values, position } = await readToEnd(client, topic, { partitionBytesMax })
      expect(values).toEqual(['committed 2', 'committed 2 again', 'committed 3', 'committed 1'])
      expect(position).toBe(await client.listOffset({ topic, partition: 0 }, 'latest'))
    }
  })

  it('if one producer aborts twice within a response, and commits in between', async () => {
    const topic = await createTopic()
    await one.write(topic, 'aborted')
    await one.abort()
    await one.write(topic, 'committed')
    await one.commit()
    await one.write(topic, 'aborted')
    await one.abort()
    await one.write(topic, 'aborted')
    await one.abort()
    await one.write(topic, 'committed at last')
    await one.commit()
    for (const partitionBytesMax of sizes)
      expect((await readToEnd(client, topic, { partitionBytesMax })).values).toEqual(['committed', 'committed at last'])
  })

  it('if the marker is several responses after them', async () => {
    const topic = await createTopic()
    const large = 'x'.repeat(10_000)
    for (let i = 0; i < 120; i++) {
      await one.write(topic, `aborted ${large}`)
      if (i % 20 === 0) {
        await two.write(topic, `committed ${i}`)
        await two.commit()
      }
    }
    await one.abort()
    await one.write(topic, 'committed')
    await one.commit()
    const expected = [...[0, 20, 40, 60, 80, 100].map((i) => `committed ${i}`), 'committed']
    for (const partitionBytesMax of [256 << 10, 1 << 20])
      expect((await readToEnd(client, topic, { partitionBytesMax })).values).toEqual(expected)
  })

  it('if reading begins in the middle of a transaction, or at a marker', async () => {
    const topic = await createTopic()
    for (let i = 0; i < 3; i++) {
      await one.write(topic, `aborted ${i}`)
      await two.write(topic, `committed ${i}`)
    }
    await one.abort()
    await two.commit()
    await one.write(topic, 'committed 3')
    await one.commit()
    const whole = await readToEnd(client, topic)
    expect(whole.values).toEqual(['committed 0', 'committed 1', 'committed 2', 'committed 3'])
    for (let from = 0; from <= whole.position; from++) {
      const { offsets, position } = await readToEnd(client, topic, { from, partitionBytesMax: 1 })
      expect(offsets).toEqual(whole.offsets.filter((offset) => offset >= from))
      expect(position).toBe(whole.position)
    }
  })

  it('at the end of the log, which is reached all the same', async () => {
    const topic = await createTopic()
    await one.write(topic, 'committed')
    await one.commit()
    for (let i = 0; i < 5; i++) await one.write(topic, 'aborted')
    await one.abort()
    for (const partitionBytesMax of sizes) {
      const { values, position } = await readToEnd(client, topic, { partitionBytesMax })
      expect(values).toEqual(['committed'])
      expect(position).toBe(8)
    }
  })

  it('except for uncommitted reads', async () => {
    const topic = await createTopic()
    await one.write(topic, 'aborted')
    await one.abort()
    expect((await readToEnd(client, topic, { isolation: 'read_uncommitted' })).values).toEqual(['aborted'])
  })
})

describe('open transactions', () => {
  it('are waited for, and seen from a start at the latest committed record', async () => {
    const topic = await createTopic()
    await one.write(topic, 'before')
    await one.commit()
    // A commit is acknowledged before its marker is written.
    while ((await client.listOffset({ topic, partition: 0 }, 'latest_stable')) < 2) await setImmediate()
    await two.write(topic, 'in an open transaction')
    await one.write(topic, 'behind it')
    await one.commit()
    const fetcher = client.fetcher()
    await fetcher.assign({ topic, partition: 0 }, 'latest')
    expect(fetcher.position(topic, 0)).toBe(2)
    await fetcher.wait(500)
    expect(fetcher.peek(topic, 0)).toBeUndefined()
    expect(fetcher.endOffset(topic, 0)).toBe(2)
    await two.commit()
    expect((await readToEnd(client, topic, { from: 2 })).values).toEqual(['in an open transaction', 'behind it'])
    while (fetcher.peek(topic, 0) === undefined) await fetcher.wait(1000)
    expect(fetcher.take(topic, 0)!.offsets[0]).toBe(2)
    await fetcher.close()
  })
})

describe('a random mix of three producers', () => {
  const steps = fc.sample(
    fc.record({ writer: fc.nat(2), action: fc.constantFrom('write', 'write', 'write', 'write', 'commit', 'abort') }),
    { seed: 20260, numRuns: 500 },
  )

  it('is read as Java’s consumer reads it, in responses of any size, from any start', async () => {
    const topic = await createTopic()
    const writers = [one, two, three]
    for (const [i, { writer, action }] of steps.entries()) {
      if (action === 'write')
        await writers[writer]!.write(topic, `${writer} wrote at ${i}${'.'.repeat((i * 37) % 400)}`)
      else await writers[writer]![action as 'commit' | 'abort']()
    }
    await one.abort()
    await two.commit()
    await three.abort()
    await one.write(topic, 'the end')
    await one.commit()

    const whole = await readToEnd(client, topic)
    expect(whole.values.length).toBeGreaterThan(50)
    expect(whole.values.at(-1)).toBe('the end')
    expect(await javaReads(topic, whole.values.length)).toEqual(whole.values)
    expect(await readToEnd(client, topic, { partitionBytesMax: 1000 })).toEqual(whole)
    expect(await readToEnd(client, topic, { partitionBytesMax: 20_000 })).toEqual(whole)
    for (let from = 1; from < whole.position; from += 29) {
      const { offsets } = await readToEnd(client, topic, { from, partitionBytesMax: 5000 })
      expect(offsets).toEqual(whole.offsets.filter((offset) => offset >= from))
    }
    const { values: everything } = await readToEnd(client, topic, { isolation: 'read_uncommitted' })
    expect(everything.length).toBeGreaterThan(whole.values.length + 50)
  })
})
