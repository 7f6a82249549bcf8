import { createAdmin } from '../../../kafka/admin/admin.ts'
import { createPlainProducer } from '../../../kafka/producer/plain-producer.ts'
import { partitionOfKey } from '../../../kafka/producer/partition-of-key.ts'
import { waitFor } from '../../support/services.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'

describe('plain producer', () => {
  it('sends to the partitions of the keys, in order, more than one request holds', async () => {
    const topic = await createTopic({ partitions: 3 })
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain') })
    await producer.connect()
    try {
      const records = Array.from({ length: 1200 }, (_, i) => ({
        key: `key-${i}`,
        value: Buffer.from(String(i)),
        timestampMs: 1_700_000_000_000 + i,
      }))
      const sent = await producer.send(topic, records)
      const next = await producer.send(topic, [{ key: 'key-0', value: null }])
      const partition = partitionOfKey('key-0', 3)
      const ends = [0, 0, 0]
      const expected = records.map(({ key }) => {
        const at = partitionOfKey(key, 3)
        return { partition: at, offset: ends[at]!++ }
      })
      expect(sent).toEqual(expected)
      expect(next).toEqual([{ partition, offset: ends[partition] }])
    } finally {
      await producer.close()
    }
  })

  it('sends to the partition that is asked for, whatever the key', async () => {
    const topic = await createTopic({ partitions: 3 })
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain') })
    await producer.connect()
    try {
      for (const partition of [0, 1, 2])
        expect(await producer.send(topic, [{ key: 'key', value: null, partition }])).toEqual([{ partition, offset: 0 }])
    } finally {
      await producer.close()
    }
  })

  it('names the address at which there is no broker', async () => {
    const producer = createPlainProducer({ brokers: ['127.0.0.1:1'], clientId: uniqueName('plain') })
    await expect(producer.connect()).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('127.0.0.1:1') as string,
    })
    await producer.close()
  })

  it('names the missing topic', async () => {
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain'), requestTimeoutMs: 1_000 })
    await producer.connect()
    const topic = uniqueName('missing')
    await expect(producer.send(topic, [{ key: 'k', value: null }])).rejects.toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      message: expect.stringContaining(topic) as string,
    })
    await producer.close()
  })

  it('refuses a record that is too large by name, and writes nothing of its send and all of the others', async () => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '2000' } })
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain') })
    const record = (name: string, bytes: number) => ({ key: name, value: Buffer.alloc(bytes) })
    try {
      const [before, refused, after] = await Promise.allSettled([
        producer.send(topic, [record('a', 10)]),
        producer.send(topic, [record('b', 10), record('long', 3_000)]),
        producer.send(topic, [record('c', 10), record('fits', 1_900)]),
      ])
      expect(before).toMatchObject({ status: 'fulfilled', value: [{ offset: 0 }] })
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'MESSAGE_TOO_LARGE' } })
      expect(String((refused as PromiseRejectedResult).reason)).toContain('"long"')
      expect(after).toMatchObject({ status: 'fulfilled', value: [{ offset: 1 }, { offset: 2 }] })
    } finally {
      await producer.close()
    }
  })

  it('adapts to a changed limit, in either direction', async () => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '100000' } })
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain') })
    const admin = createAdmin({ brokers, clientId: 'plain-test' })
    const change = (bytes: number) =>
      admin.ensureTopics([{ name: topic, partitions: 1, configs: { 'max.message.bytes': `${bytes}` } }])
    const records = (count: number, bytes: number) =>
      Array.from({ length: count }, () => ({ key: 'k', value: Buffer.alloc(bytes) }))
    try {
      await producer.send(topic, records(1, 10))
      await change(5_000)
      const sent = await producer.send(topic, records(100, 500))
      expect(sent.map(({ offset }) => offset)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
      await change(200_000)
      // The controller has the new limit at once, the broker a moment later; until then the record is refused and not
      // written.
      const large = await waitFor(() => producer.send(topic, records(1, 150_000)).catch(() => undefined), {
        what: 'the broker to take up its new limit',
      })
      expect(large).toEqual([{ partition: 0, offset: 101 }])
    } finally {
      await producer.close()
      await admin.close()
    }
  })

  it('buffers no more than its memory allows, and keeps the order of the sends', async () => {
    const topic = await createTopic()
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain'), bufferedBytesMax: 20_000 })
    try {
      const sends = Array.from({ length: 50 }, (_, send) =>
        producer.send(
          topic,
          Array.from({ length: 40 }, (_, i) => ({ key: `${send}/${i}`, value: Buffer.alloc(200) })),
        ),
      )
      const offsets = (await Promise.all(sends)).flat().map(({ offset }) => offset)
      expect(offsets).toEqual(Array.from({ length: 2_000 }, (_, i) => i))
    } finally {
      await producer.close()
    }
  })

  it('soon rejects sends in flight when it is closed', async () => {
    const topic = await createTopic()
    const gone = { host: '127.0.0.1', port: 1 }
    let away = false
    const resolveBroker = (host: string, port: number) => (away ? gone : { host, port })
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain'), resolveBroker })
    await producer.send(topic, [{ key: 'k', value: null, partition: 0 }])
    away = true
    const other = await createTopic()
    const waiting = producer.send(other, [{ key: 'k', value: null }])
    const refused = expect(waiting).rejects.toMatchObject({
      code: expect.stringMatching(/CLIENT_CLOSED|CONNECTION_LOST/) as string,
    })
    await producer.close()
    await refused
  })
})
