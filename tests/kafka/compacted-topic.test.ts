import { setTimeout as delay } from 'node:timers/promises'
import type { TransactionalProducer } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { readToEnd } from './read-to-end.ts'

const client = createKafkaClient({ brokers, clientId: 'compacted-test' })
afterAll(() => client.close())

const keys = ['a', 'b', 'c']
/**
 * Almost every batch gets its own segment, because the active segment is never compacted. The cleaner runs every 15 s.
 */
const configs = {
  'cleanup.policy': 'compact',
  'segment.ms': '1',
  'min.cleanable.dirty.ratio': '0.001',
}

describe('a compacted topic with aborted transactions', () => {
  it('is read to its end, as compaction left it, from every offset, with responses of every size', async () => {
    const topic = await createTopic({ configs })
    const producer: TransactionalProducer = client.transactionalProducer(uniqueName('compacted'))
    await producer.init()
    for (let round = 0; round < 10; round++) {
      for (const end of ['commit', 'abort'] as const) {
        producer.begin()
        for (const key of keys) {
          producer.append(topic, 0, Date.now(), Buffer.from(key), Buffer.from(`${key}${round} ${end}`))
        }
        await producer.flush()
        await producer[end]()
      }
    }
    const end = 10 * 2 * (keys.length + 1)
    expect((await readToEnd(client, topic)).position).toBe(end)

    let whole = await readToEnd(client, topic)
    while (whole.values.length > keys.length) {
      await delay(300)
      whole = await readToEnd(client, topic)
    }
    expect(whole.values).toEqual(keys.map((key) => `${key}9 commit`))
    expect(whole.position).toBe(end)
    for (const partitionBytesMax of [1, 200])
      expect(await readToEnd(client, topic, { partitionBytesMax })).toEqual(whole)
    for (let from = 0; from <= end; from += 3) {
      const { offsets, position } = await readToEnd(client, topic, { from })
      expect(offsets).toEqual(whole.offsets.filter((offset) => offset >= from))
      expect(position).toBe(end)
    }
    await producer.close()
  })
})
