import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { FencedInstanceError, GroupLostError } from '../../../kafka/errors.ts'
import { sessionTimeoutMs, startMember } from '../group-members.ts'
import type { TestMember, TestMemberOptions } from '../group-members.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'
import { readCommitted } from '../read-committed.ts'
import type { StalledMember, StalledMemberReport } from '../stalled-member.ts'
import { apiKeys, startTcpProxy } from '../tcp-proxy.ts'
import { until } from '../until.ts'

const started: TestMember[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((member) => member.stop()))
})

function start(name: string, options: TestMemberOptions): TestMember {
  const member = startMember(name, options)
  started.push(member)
  return member
}

const all = (...members: readonly TestMember[]): number[] => members.flatMap(({ owned }) => owned).sort((a, b) => a - b)
const sizes = (...members: readonly TestMember[]): number[] => members.map(({ owned }) => owned.length)

describe('group', () => {
  it('distributes co-partitioned topics evenly and moves no more than necessary, as members come and go', async () => {
    const topics = [await createTopic({ partitions: 6 }), await createTopic({ partitions: 6 })]
    const groupId = uniqueName('group')
    const a = start('a', { groupId, topics })
    await a.joined
    expect(a.owned).toEqual([0, 1, 2, 3, 4, 5])

    const b = start('b', { groupId, topics })
    await b.joined
    await until('two halves', () => all(a, b).length === 6)
    expect(sizes(a, b)).toEqual([3, 3])
    expect(all(a, b)).toEqual([0, 1, 2, 3, 4, 5])
    const ownedByB = b.owned

    const c = start('c', { groupId, topics })
    await c.joined
    await until('three thirds', () => all(a, b, c).length === 6)
    expect(sizes(a, b, c)).toEqual([2, 2, 2])
    expect(ownedByB).toEqual(expect.arrayContaining([...b.owned]))
    const ownedByA = a.owned

    await b.stop()
    await until('two halves again', () => all(a, c).length === 6)
    expect(sizes(a, c)).toEqual([3, 3])
    expect(a.owned).toEqual(expect.arrayContaining([...ownedByA]))
    for (const member of [a, b, c]) expect(member.events.join()).not.toContain('lost')
  })

  it('assigns no partition to a new owner before the previous one has released it, while heartbeats continue', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const groupId = uniqueName('group')
    const proxy = await startTcpProxy(brokers[0]!)
    const letGo = Promise.withResolvers<void>()
    const a = start('a', {
      groupId,
      topics,
      client: { resolveBroker: proxy.resolveBroker },
      onRevoked: () => letGo.promise,
    })
    await a.joined
    const b = start('b', { groupId, topics })
    await until('the revocation', () => a.events.includes('revoking 0,1'))
    const heartbeats = () => proxy.seen.filter(({ apiKey }) => apiKey === apiKeys.heartbeat).length
    const before = heartbeats()
    await until('heartbeats during the revocation', () => heartbeats() > before + 5)
    expect(b.events).toEqual([])
    // The partitions that the member still owns may be committed.
    expect(a.group.metadata()).toMatchObject({ groupId, generationId: 1 })
    letGo.resolve()
    await b.joined
    await until('one each', () => all(a, b).length === 2)
    expect(a.group.metadata().generationId).toBeGreaterThan(1)
    await a.stop()
    await proxy.close()
  })

  it('keeps its membership while onAssigned takes longer than the session', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const restored = Promise.withResolvers<void>()
    const member = start('slow', { groupId: uniqueName('group'), topics, onAssigned: () => restored.promise })
    await until('the assignment', () => member.events.length > 0)
    const timer = setTimeout(() => restored.resolve(), 7000)
    await member.joined
    clearTimeout(timer)
    expect(member.events).toEqual(['assigned 0,1'])
    expect(member.group.metadata().generationId).toBe(1)
  })

  it('survives broken connections without a rebalance', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const proxy = await startTcpProxy(brokers[0]!)
    const member = start('cut', {
      groupId: uniqueName('group'),
      topics,
      client: { resolveBroker: proxy.resolveBroker },
    })
    await member.joined
    for (let cut = 0; cut < 5; cut++) {
      proxy.cutAll()
      const before = proxy.seen.length
      await until('a heartbeat after the cut', () => proxy.seen.length > before + 1)
    }
    expect(member.events).toEqual(['assigned 0,1'])
    expect(member.group.metadata().generationId).toBe(1)
    await member.stop()
    await proxy.close()
  })

  it('rejoins after it was removed, and reports what it lost', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const groupId = uniqueName('group')
    const proxy = await startTcpProxy(brokers[0]!)
    const a = start('a', { groupId, topics, client: { resolveBroker: proxy.resolveBroker } })
    await a.joined
    const stale = a.group.metadata()
    proxy.decide = ({ apiKey }) => (apiKey === apiKeys.heartbeat || apiKey === apiKeys.joinGroup ? 'drop' : 'pass')
    const b = start('b', { groupId, topics })
    await b.joined
    await until('b owning all', () => b.owned.length === 2)
    await until('a noticing', () => a.events.includes('lost 0,1'))
    expect(() => a.group.metadata()).toThrow(GroupLostError)

    const producer = a.client.transactionalProducer(uniqueName('tx'))
    await producer.init()
    producer.begin()
    await expect(producer.sendOffsets(stale, [{ topic: topics[0]!, partition: 0, offset: 7 }])).rejects.toBeInstanceOf(
      GroupLostError,
    )
    await producer.abort()

    proxy.decide = () => 'pass'
    proxy.cutAll()
    await until('one each', () => sizes(a, b).join() === '1,1')
    await a.stop()
    await proxy.close()
  })

  it('refuses the commit of a previous generation', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const groupId = uniqueName('group')
    const a = start('a', { groupId, topics })
    await a.joined
    const former = a.group.metadata()
    const b = start('b', { groupId, topics })
    await b.joined
    await until('one each', () => sizes(a, b).join() === '1,1')

    const producer = a.client.transactionalProducer(uniqueName('tx'))
    await producer.init()
    const offsets = [{ topic: topics[0]!, partition: a.owned[0]!, offset: 3 }]
    producer.begin()
    await expect(producer.sendOffsets(former, offsets)).rejects.toMatchObject({
      name: 'GroupLostError',
      code: 'ILLEGAL_GENERATION',
    })
    await producer.abort()
    await expect(a.client.committedOffsets(groupId, offsets)).resolves.toEqual([])
    producer.begin()
    await producer.sendOffsets(a.group.metadata(), offsets)
    await producer.commit()
    await expect(a.client.committedOffsets(groupId, offsets)).resolves.toEqual(offsets)
  })
})

describe('a member whose process stalls beyond its session', () => {
  it('finds out before it commits anything, and its transaction leaves no trace', async () => {
    const topic = await createTopic({ partitions: 2 })
    const groupId = uniqueName('group')
    const gate = new Int32Array(new SharedArrayBuffer(4))
    const workerData = {
      brokers,
      groupId,
      topic,
      sessionTimeoutMs,
      transactionalId: uniqueName('tx'),
      gate,
    } satisfies StalledMember
    const worker = new Worker(new URL('../stalled-member.ts', import.meta.url), { workerData })
    await once(worker, 'message')

    const b = start('b', { groupId, topics: [topic] })
    await b.joined
    await until('b owning all', () => b.owned.length === 2)
    const producer = b.client.transactionalProducer(uniqueName('tx'))
    await producer.init()
    producer.begin()
    producer.append(topic, 0, Date.now(), null, Buffer.from('by b'))
    await producer.sendOffsets(b.group.metadata(), [{ topic, partition: 0, offset: 1 }])
    await producer.commit()

    Atomics.store(gate, 0, 1)
    Atomics.notify(gate, 0)
    const [report] = (await once(worker, 'message')) as [StalledMemberReport]
    await worker.terminate()
    expect(report).toEqual({ metadata: 'GroupLostError', sendOffsets: 'GroupLostError', lost: [0, 1] })
    await expect(readCommitted(b.client, topic)).resolves.toEqual(['by b'])
    await expect(b.client.committedOffsets(groupId, [{ topic, partition: 0 }])).resolves.toMatchObject([{ offset: 1 }])
  })
})

describe('static members', () => {
  it('restart without a rebalance, with their previous partitions', async () => {
    const topics = [await createTopic({ partitions: 4 })]
    const groupId = uniqueName('group')
    const a = start('a', { groupId, topics, groupInstanceId: 'one' })
    await a.joined
    const b = start('b', { groupId, topics, groupInstanceId: 'two' })
    await b.joined
    await until('two halves', () => sizes(a, b).join() === '2,2')
    const { owned } = a
    const generation = b.group.metadata().generationId
    const eventsOfB = [...b.events]
    await a.stop()
    expect(a.events.at(-1)).toBe('revoked')
    const again = start('a2', { groupId, topics, groupInstanceId: 'one' })
    await again.joined
    expect(again.owned).toEqual(owned)
    expect(b.events).toEqual(eventsOfB)
    expect(b.group.metadata().generationId).toBe(generation)
  })

  it('are fenced for good by a second instance of the same name', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const groupId = uniqueName('group')
    const a = start('a', { groupId, topics, groupInstanceId: 'one' })
    await a.joined
    const second = start('second', { groupId, topics, groupInstanceId: 'one' })
    await second.joined
    await until('the fatal error', () => a.fatal.length > 0)
    expect(a.fatal[0]).toBeInstanceOf(FencedInstanceError)
    expect(a.fatal[0]!.message).toContain('give each its own')
    expect(a.events.at(-1)).toBe('lost 0,1')
    expect(() => a.group.metadata()).toThrow(GroupLostError)
    expect(second.owned).toEqual([0, 1])
    expect(second.fatal).toEqual([])
  })
})

describe('a group that can not be', () => {
  it('refuses topics with unequal partition counts, naming them', async () => {
    const topics = [await createTopic({ partitions: 2 }), await createTopic({ partitions: 3 })]
    const member = start('a', { groupId: uniqueName('group'), topics })
    await expect(member.joined).rejects.toMatchObject({
      code: 'UNEQUAL_PARTITION_COUNTS',
      message: expect.stringContaining(`${topics[0]} 2`) as string,
    })
    expect(member.fatal).toEqual([])
  })

  it('names the topic that is not there', async () => {
    const topic = uniqueName('missing')
    const member = start('a', { groupId: uniqueName('group'), topics: [topic], client: { requestTimeoutMs: 500 } })
    await expect(member.joined).rejects.toThrow(topic)
  })

  it('dies of a callback that rejects, and its partitions go to the others', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const groupId = uniqueName('group')
    const a = start('a', { groupId, topics })
    await a.joined
    let calls = 0
    const b = start('b', {
      groupId,
      topics,
      onAssigned: () => (calls++ === 0 ? Promise.resolve() : Promise.reject(new Error('restore failed'))),
    })
    await b.joined
    const c = start('c', { groupId, topics })
    await c.joined
    await until('the fatal error', () => b.fatal.length > 0)
    expect(b.fatal[0]!.message).toBe('restore failed')
    await until('the others owning all', () => all(a, c).length === 2)
  })

  it('refuses an assignment that leaves a partition out', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const member = start('a', {
      groupId: uniqueName('group'),
      topics,
      assign: (members) => new Map([[members[0]!.memberId, [1]]]),
    })
    await expect(member.joined).rejects.toThrow('left out 1 of 2 partitions')
  })
})

describe('leaving', () => {
  it('while a join waits for the others does not wait with it', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const groupId = uniqueName('group')
    const letGo = Promise.withResolvers<void>()
    const a = start('a', { groupId, topics, onRevoked: () => letGo.promise })
    await a.joined
    const b = start('b', { groupId, topics })
    await until('the revocation', () => a.events.includes('revoking 0,1'))
    await b.stop()
    await expect(b.joined).rejects.toThrow()
    letGo.resolve()
    const back = () => a.events.lastIndexOf('assigned 0,1') > a.events.indexOf('revoked')
    await until('a owning all again', back, sessionTimeoutMs / 2)
  })

  it('hands partitions over at once', async () => {
    const topics = [await createTopic({ partitions: 2 })]
    const groupId = uniqueName('group')
    const a = start('a', { groupId, topics })
    await a.joined
    const b = start('b', { groupId, topics })
    await b.joined
    await until('one each', () => sizes(a, b).join() === '1,1')
    await a.group.leave()
    expect(a.events.slice(-2)).toEqual([expect.stringMatching(/^revoking \d$/), 'revoked'])
    await until('b owning all', () => b.owned.length === 2, sessionTimeoutMs / 2)
  })
})
