import { createAdmin } from '../../../kafka/admin/admin.ts'
import type { Admin } from '../../../kafka/admin/admin.ts'
import { createPlainProducer } from '../../../kafka/producer/plain-producer.ts'
import { waitFor } from '../../support/services.ts'
import { brokers, uniqueName } from '../kafka-under-test.ts'
import { apiKeys, startTcpProxy } from '../tcp-proxy.ts'

describe('admin', () => {
  let admin: Admin
  beforeAll(() => {
    admin = createAdmin({ brokers, clientId: 'admin-test' })
  })
  afterAll(() => admin.close())

  it('creates missing topics, leaves correct ones, alters differing ones', async () => {
    const [a, b] = [uniqueName('ensure-a'), uniqueName('ensure-b')]
    const compact = { name: a, partitions: 2, configs: { 'cleanup.policy': 'compact', 'segment.ms': '60000' } }
    // A broker reports a setting a moment after accepting it.
    const untilKnown = (configs: Record<string, string>) =>
      waitFor(async () => (await admin.ensureTopics([{ ...compact, configs }])).altered.length === 0, {
        what: 'the settings to be known',
      })
    await expect(admin.ensureTopics([compact])).resolves.toEqual({ created: [a], altered: [], underReplicated: [] })
    await untilKnown(compact.configs)
    await expect(admin.ensureTopics([compact, { name: b, partitions: 1 }])).resolves.toEqual({
      created: [b],
      altered: [],
      underReplicated: [],
    })
    await expect(admin.ensureTopics([{ name: a, partitions: 2, configs: { 'segment.ms': '90000' } }])).resolves.toEqual(
      {
        created: [],
        altered: [a],
        underReplicated: [],
      },
    )
    // The setting that the last call did not name is unchanged, so naming it changes nothing.
    const both = { 'cleanup.policy': 'compact', 'segment.ms': '90000' }
    await untilKnown(both)
    await expect(admin.ensureTopics([{ ...compact, configs: both }])).resolves.toEqual({
      created: [],
      altered: [],
      underReplicated: [],
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

  it('never requires more in-sync replicas of a topic than it has, and names topics with too few', async () => {
    const name = uniqueName('thin')
    await admin.ensureTopics([{ name, partitions: 1, replicationFactor: 1 }])
    const wanted = { name, partitions: 1, replicationFactor: 3, minInSyncReplicas: 2 }
    await expect(admin.ensureTopics([wanted])).resolves.toEqual({
      created: [],
      altered: [],
      underReplicated: [{ name, copies: 1 }],
    })
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

  it('returns the lag of a group that never committed, and purges', async () => {
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

  it('checks the partition count of a topic that another process creates at the same time', async () => {
    const name = uniqueName('differ')
    const results = await Promise.allSettled([1, 2].map((partitions) => admin.ensureTopics([{ name, partitions }])))
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    expect(refusals).toMatchObject([{ code: 'PARTITION_COUNT_DIFFERS' }])
    await admin.deleteTopics([name])
  })

  it('leaves settings alone that it was not asked to change', async () => {
    const name = uniqueName('settings')
    await admin.ensureTopics([{ name, partitions: 1, configs: { 'retention.ms': '3600000' } }])
    const added = { name, partitions: 1, configs: { 'segment.ms': '60000' } }
    await admin.ensureTopics([added])
    // A broker reports a change a moment after accepting it.
    const isTold = async () => (await admin.ensureTopics([added])).altered.length === 0
    await waitFor(isTold, { what: 'the change to be told' })
    const both = { 'retention.ms': '3600000', 'segment.ms': '60000' }
    await expect(admin.ensureTopics([{ name, partitions: 1, configs: both }])).resolves.toMatchObject({ altered: [] })
    await admin.deleteTopics([name])
  })

  it('recreates a topic that was deleted a moment ago, however often', async () => {
    const name = uniqueName('again')
    for (const partitions of [1, 2, 3, 4, 5, 6]) {
      await expect(admin.ensureTopics([{ name, partitions }])).resolves.toMatchObject({ created: [name] })
      await admin.deleteTopics([name])
    }
  })

  it('names the topic whose setting the broker refuses, with the broker’s message', async () => {
    const name = uniqueName('refused')
    await expect(
      admin.ensureTopics([{ name, partitions: 1, configs: { 'cleanup.policy': 'sometimes' } }]),
    ).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
      message: expect.stringMatching(new RegExp(`Creating ${name}.*cleanup.policy`)) as unknown,
    })
    await expect(admin.listTopics()).resolves.not.toContain(name)
  })

  it('continues if the answers to its requests are lost', async () => {
    const proxy = await startTcpProxy(brokers[0]!)
    const lost: number[] = [apiKeys.createTopics, apiKeys.deleteTopics]
    proxy.decide = ({ apiKey, index }) => (lost.includes(apiKey) && index === 0 ? 'cutAnswer' : 'pass')
    const behind = createAdmin({ brokers, clientId: 'admin-test', resolveBroker: proxy.resolveBroker })
    try {
      const name = uniqueName('lost')
      await behind.ensureTopics([{ name, partitions: 3 }])
      await expect(behind.groupLag(uniqueName('group'), [name])).resolves.toHaveLength(3)
      await behind.deleteTopics([name])
      expect(proxy.seen.filter(({ apiKey }) => lost.includes(apiKey))).toHaveLength(4)
      await expect(admin.listTopics()).resolves.not.toContain(name)
    } finally {
      await behind.close()
      await proxy.close()
    }
  })

  it('names the missing topic', async () => {
    const name = uniqueName('nowhere')
    await expect(admin.groupLag('g', [name])).rejects.toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      message: expect.stringContaining(name) as unknown,
    })
  })

  it('gives up with the reason if no broker can be reached', async () => {
    const nowhere = createAdmin({ brokers: ['127.0.0.1:1'], clientId: 'admin-test', requestTimeoutMs: 300 })
    await expect(nowhere.listTopics()).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await nowhere.close()
  })
})
