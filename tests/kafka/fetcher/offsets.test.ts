import { setImmediate } from 'node:timers/promises'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'

const client = createKafkaClient({ brokers, clientId: 'offsets-test' })
afterAll(() => client.close())

/** Metadata of a group without members, to which any producer may commit offsets. */
const noMember = (groupId: string) => ({ groupId, generationId: -1, memberId: '', groupInstanceId: null })

describe('committed offsets', () => {
  it('are never stale right after a commit', async () => {
    const topic = await createTopic({ partitions: 3 })
    const groupId = uniqueName('group')
    const producer = client.transactionalProducer(uniqueName('tx'))
    await producer.init()
    const partitions = [0, 1, 2].map((partition) => ({ topic, partition }))
    let stale = 0
    for (let round = 1; round <= 150; round++) {
      producer.begin()
      producer.append(topic, round % 3, Date.now(), null, Buffer.from('value'))
      await producer.sendOffsets(
        noMember(groupId),
        partitions.map((partition) => ({ ...partition, offset: round })),
      )
      await producer.commit()
      const committed = await client.committedOffsets(groupId, partitions)
      if (committed.length !== 3 || committed.some(({ offset }) => offset !== round)) stale++
    }
    expect(stale).toBe(0)
    await producer.close()
  })

  it('of an aborted transaction do not count', async () => {
    const topic = await createTopic()
    const groupId = uniqueName('group')
    const producer = client.transactionalProducer(uniqueName('tx'))
    await producer.init()
    for (const [offset, committed] of [
      [5, true],
      [9, false],
    ] as const) {
      producer.begin()
      await producer.sendOffsets(noMember(groupId), [{ topic, partition: 0, offset }])
      await (committed ? producer.commit() : producer.abort())
    }
    await expect(client.committedOffsets(groupId, [{ topic, partition: 0 }])).resolves.toEqual([
      { topic, partition: 0, offset: 5 },
    ])
    await producer.close()
  })

  it('that were never committed are left out', async () => {
    const topic = await createTopic({ partitions: 2 })
    await expect(client.committedOffsets(uniqueName('group'), [{ topic, partition: 1 }])).resolves.toEqual([])
    await expect(client.committedOffsets(uniqueName('group'), [])).resolves.toEqual([])
  })
})

describe('offsets of a partition', () => {
  it('distinguish the last stable offset from the end while a transaction is open', async () => {
    const topic = await createTopic()
    const producer = client.transactionalProducer(uniqueName('tx'))
    await producer.init()
    producer.begin()
    producer.append(topic, 0, Date.now(), null, Buffer.from('value'))
    await producer.flush()
    const partition = { topic, partition: 0 }
    await expect(client.listOffset(partition, 'latest')).resolves.toBe(1)
    await expect(client.listOffset(partition, 'latest_stable')).resolves.toBe(0)
    await producer.commit()
    await expect(client.listOffset(partition, 'earliest')).resolves.toBe(0)
    // The commit is acknowledged before its marker is in the partition.
    while ((await client.listOffset(partition, 'latest_stable')) < 2) await setImmediate()
    await expect(client.listOffset(partition, 'latest')).resolves.toBe(2)
    await producer.close()
  })
})

describe('topics', () => {
  it('are described with their incarnation; missing ones are left out', async () => {
    const topic = await createTopic({ partitions: 3 })
    const [described, ...rest] = await client.describeTopics([topic, uniqueName('missing')])
    expect(rest).toEqual([])
    expect(described).toMatchObject({ name: topic, partitionCount: 3 })
    expect(described!.topicId).toMatch(/^[0-9a-f-]{36}$/)
  })
})
