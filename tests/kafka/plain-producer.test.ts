import fc from 'fast-check'
import { createPlainProducer, splitForSending } from '../../kafka/plain-producer.ts'
import { partitionOfKey } from '../../kafka/partition-of-key.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'

describe('plain producer', () => {
  it('splits what it sends without losing or reordering anything, within both limits', () => {
    const record = fc.nat(400_000).map((bytes) => ({ key: 'k', value: Buffer.alloc(bytes) }))
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (records) => {
        const parts = splitForSending(records)
        expect(parts.flat()).toEqual(records)
        for (const part of parts) {
          const bytes = part.reduce((sum, { value }) => sum + value!.length, 0)
          expect(part.length === 1 || bytes < 900_000).toBe(true)
        }
      }),
      { numRuns: 30 },
    )
    expect(splitForSending(Array.from({ length: 1201 }, () => ({ key: 'k', value: null }))).map((part) => part.length)).toEqual([
      500, 500, 201,
    ])
  })

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
      const inPartition = records.filter(({ key }) => partitionOfKey(key, 3) === partition).length
      expect(next).toEqual([{ partition, baseOffset: inPartition }])
      expect(sent.filter((batch) => batch.partition === partition)[0]).toEqual({ partition, baseOffset: 0 })
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
        expect(await producer.send(topic, [{ key: 'key', value: null, partition }])).toEqual([{ partition, baseOffset: 0 }])
    } finally {
      await producer.close()
    }
  })

  it('says where nobody listens', async () => {
    const producer = createPlainProducer({ brokers: ['127.0.0.1:1'], clientId: uniqueName('plain') })
    await expect(producer.connect()).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('127.0.0.1:1') as string,
    })
    await producer.close()
  })

  it('says which topic is missing', async () => {
    const producer = createPlainProducer({ brokers, clientId: uniqueName('plain') })
    await producer.connect()
    const topic = uniqueName('missing')
    await expect(producer.send(topic, [{ key: 'k', value: null }])).rejects.toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      message: expect.stringContaining(topic) as string,
    })
    await producer.close()
  })
})
