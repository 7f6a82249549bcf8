import { createAdmin } from '../../kafka/admin.ts'
import type { Admin } from '../../kafka/admin.ts'
import { createPlainProducer } from '../../kafka/plain-producer.ts'
import { brokers, uniqueName } from './kafka-under-test.ts'

describe('admin', () => {
  const logged: string[] = []
  let admin: Admin
  beforeAll(() => {
    admin = createAdmin({ brokers, clientId: 'admin-test', log: (_level, message) => logged.push(message) })
  })
  afterAll(() => admin.close())

  it('creates what is missing, leaves what is right, alters what differs', async () => {
    const [a, b] = [uniqueName('ensure-a'), uniqueName('ensure-b')]
    const compact = { name: a, partitions: 2, configs: { 'cleanup.policy': 'compact', 'segment.ms': '60000' } }
    await expect(admin.ensureTopics([compact])).resolves.toEqual({ created: [a], altered: [], thin: [] })
    await expect(admin.ensureTopics([compact, { name: b, partitions: 1 }])).resolves.toEqual({
      created: [b],
      altered: [],
      thin: [],
    })
    await expect(admin.ensureTopics([{ name: a, partitions: 2, configs: { 'segment.ms': '90000' } }])).resolves.toEqual({
      created: [],
      altered: [a],
      thin: [],
    })
    // The setting that the last call did not name is still there, so naming it changes nothing.
    await expect(
      admin.ensureTopics([{ ...compact, configs: { 'cleanup.policy': 'compact', 'segment.ms': '90000' } }]),
    ).resolves.toEqual({
      created: [],
      altered: [],
      thin: [],
    })
    await admin.deleteTopics([a, b, uniqueName('never-there')])
    const left = await admin.listTopics()
    expect(left).not.toContain(a)
    expect(left).not.toContain(b)
  })

  it('refuses another partition count, naming both', async () => {
    const name = uniqueName('count')
    await admin.ensureTopics([{ name, partitions: 2 }])
    await expect(admin.ensureTopics([{ name, partitions: 3 }])).rejects.toThrow(`${name} has 2, not 3`)
    await admin.deleteTopics([name])
  })

  it('never asks a topic for more copies in sync than it has, and names those that have too few', async () => {
    const name = uniqueName('thin')
    await admin.ensureTopics([{ name, partitions: 1, replicationFactor: 1 }])
    const wanted = { name, partitions: 1, replicationFactor: 3, minInSyncReplicas: 2 }
    await expect(admin.ensureTopics([wanted])).resolves.toEqual({ created: [], altered: [], thin: [{ name, copies: 1 }] })
    const producer = createPlainProducer({ brokers, clientId: 'admin-test' })
    await producer.connect()
    await expect(producer.send(name, [{ key: 'k', value: null }])).resolves.toHaveLength(1)
    await producer.close()
    await admin.deleteTopics([name])
  })

  it('lets two processes create the same topic at once', async () => {
    const name = uniqueName('both')
    const results = await Promise.all([1, 2, 3].map(() => admin.ensureTopics([{ name, partitions: 1 }])))
    expect(results).toHaveLength(3)
    await admin.deleteTopics([name])
  })

  it('tells the lag of a group that never committed, and purges', async () => {
    const name = uniqueName('lag')
    await admin.ensureTopics([{ name, partitions: 1 }])
    const producer = createPlainProducer({ brokers, clientId: 'admin-test' })
    await producer.connect()
    await producer.send(
      name,
      [1, 2, 3].map((i) => ({ key: 'k', value: Buffer.from([i]) })),
    )
    await producer.close()
    const groupId = uniqueName('group')
    await expect(admin.groupLag(groupId, [name])).resolves.toEqual([
      { topic: name, partition: 0, committedOffset: undefined, endOffset: 3, lag: 3 },
    ])
    await admin.deleteRecords(name, 0, 1)
    await expect(admin.groupLag(groupId, [name])).resolves.toMatchObject([{ endOffset: 3, lag: 2 }])
    await admin.purge(name)
    await expect(admin.groupLag(groupId, [name])).resolves.toMatchObject([{ endOffset: 3, lag: 0 }])
    await admin.deleteTopics([name])
  })

  it('hands what kafkajs would print to the log', async () => {
    await expect(admin.groupLag('g', [uniqueName('nowhere')])).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' })
    expect(logged.length).toBeGreaterThan(0)
  })
})
