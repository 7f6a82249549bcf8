import { randomUUID } from 'node:crypto'
import { createAdmin, type Admin } from '../../kafka/admin/admin.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { describeWithOwnBroker } from '../support/own-broker.ts'
import { startOwnCluster, type OwnCluster } from '../support/own-cluster.ts'
import { startMember } from './group-members.ts'
import { until } from './until.ts'

const PARTITIONS = 3
/** Brokers count as dead after 6 s, and have a successor within another two; a small machine may be busy. */
const FAIL_OVER_MS_MAX = 20_000

describeWithOwnBroker('on three brokers', () => {
  let cluster: OwnCluster
  let admin: Admin
  let client: KafkaClient

  beforeAll(async () => {
    cluster = await startOwnCluster({ secure: true })
    await cluster.allow('platform')
    admin = createAdmin({ ...cluster.client, clientId: 'three-brokers-admin' })
    client = createKafkaClient({
      brokers: cluster.brokers,
      ...cluster.security!.clientOf('platform'),
      clientId: 'three-brokers',
    })
  }, 120_000)

  afterAll(async () => {
    await client.close()
    await admin.close()
    await cluster.remove()
  }, 60_000)

  const createTopic = async (): Promise<string> => {
    const name = `three-${randomUUID()}`
    await admin.ensureTopics([{ name, partitions: PARTITIONS, replicationFactor: 3, minInSyncReplicas: 2 }])
    return name
  }

  /** Writes numbers from 0, the same in each partition, in one transaction each. */
  function writer(topic: string) {
    const producer = client.transactionalProducer(`writer-of-${topic}`)
    let next = 0
    return {
      producer,
      count: () => next,
      async write(): Promise<void> {
        producer.begin()
        for (let partition = 0; partition < PARTITIONS; partition++)
          producer.append(topic, partition, Date.now(), null, Buffer.from(String(next)))
        await producer.commit()
        next++
      },
    }
  }

  async function readAll(topic: string, partition: number): Promise<number[]> {
    const fetcher = client.fetcher()
    const numbers: number[] = []
    // A commit is acknowledged before its markers are written: the reader waits for them.
    const end = await client.listOffset({ topic, partition }, 'latest')
    await fetcher.assign({ topic, partition }, 'earliest')
    while (fetcher.position(topic, partition) < end) {
      const batch = fetcher.take(topic, partition)
      if (batch === undefined) await fetcher.wait(200)
      else
        for (let index = 0; index < batch.count; index++) {
          const start = batch.valueStarts[index]!
          numbers.push(Number(batch.bytes.subarray(start, start + batch.valueLengths[index]!).toString()))
        }
    }
    await fetcher.close()
    return numbers
  }

  async function whileFrozen<T>(node: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } finally {
      cluster.thaw(node)
      await cluster.untilNodes(3)
      await cluster.untilInSync()
    }
  }

  /** Writes while the harm is done: no transaction may fail or take longer than the fail-over. */
  async function writeThrough(topic: string, harm: () => Promise<void> | void): Promise<number> {
    const { producer, write, count } = writer(topic)
    await producer.init()
    await write()
    await harm()
    let longest = 0
    const until = performance.now() + 1_000
    do {
      const begunAt = performance.now()
      await write()
      longest = Math.max(longest, performance.now() - begunAt)
    } while (performance.now() < until)
    await producer.close()
    const expected = Array.from({ length: count() }, (_, index) => index)
    for (let partition = 0; partition < PARTITIONS; partition++)
      expect(await readAll(topic, partition)).toEqual(expected)
    return longest
  }

  test('a transaction outlives the death of a leader: it waits for the successor and is committed, once', async () => {
    const topic = await createTopic()
    const node = await cluster.leaderOf(topic, 0)
    const longestMs = await writeThrough(topic, () => cluster.kill(node))
    expect(longestMs).toBeLessThan(FAIL_OVER_MS_MAX)
    await cluster.restart(node)
    await cluster.untilInSync()
  }, 120_000)

  test('a leader that hangs is waited for no longer than the cluster waits for it', async () => {
    const topic = await createTopic()
    const node = await cluster.leaderOf(topic, 1)
    // All clients have open connections to the broker.
    const reader = client.fetcher()
    for (let partition = 0; partition < PARTITIONS; partition++) await reader.assign({ topic, partition }, 'earliest')
    await whileFrozen(node, async () => {
      expect(await writeThrough(topic, () => cluster.freeze(node))).toBeLessThan(FAIL_OVER_MS_MAX)
      const end = await client.listOffset({ topic, partition: 1 }, 'latest_stable')
      const begunAt = performance.now()
      while (reader.position(topic, 1) < end) {
        if (reader.take(topic, 1) === undefined) await reader.wait(200)
        expect(performance.now() - begunAt).toBeLessThan(FAIL_OVER_MS_MAX)
      }
      await reader.close()
    })
  }, 120_000)

  test('a coordinator that hangs is left for its successor', async () => {
    const topic = await createTopic()
    const node = await cluster.coordinatorOf('transaction', `writer-of-${topic}`)
    await whileFrozen(node, async () => {
      expect(await writeThrough(topic, () => cluster.freeze(node))).toBeLessThan(FAIL_OVER_MS_MAX)
    })
  }, 120_000)

  test('a member without rights on its group reports it and stays, and rejoins by itself once it has them again', async () => {
    const topics = [await createTopic()]
    const { sasl, tls } = cluster.security!.clientOf('platform')
    const member = startMember('refused', {
      groupId: `g-${topics[0]}`,
      topics,
      client: { brokers: cluster.brokers, sasl, tls },
    })
    await member.joined
    try {
      // Shorter than the session timeout, so nothing moves.
      await cluster.disallow('platform', ['groups'])
      await until('the trouble', () => member.trouble?.message.includes('GROUP_AUTHORIZATION_FAILED') === true)
      await cluster.allow('platform', ['groups'])
      await until('the membership', () => member.trouble === undefined)
      expect(member.events).toEqual(['assigned 0,1,2'])

      await cluster.disallow('platform', ['groups'])
      await until('the loss', () => member.events.includes('lost 0,1,2'))
      await until(
        'the refused join',
        () =>
          member.trouble?.message.startsWith('FindCoordinator') === true ||
          member.trouble?.message.startsWith('JoinGroup') === true,
      )
      await cluster.allow('platform', ['groups'])
      await until('the membership again', () => member.owned.length === PARTITIONS)
      expect(member.trouble).toBeUndefined()

      // Losing every right does not end it either: a rebalance asks for topics as well.
      await cluster.disallow('platform')
      await until('the loss again', () => member.events.filter((event) => event.startsWith('lost')).length === 2)
      await until('its words', () => member.trouble?.message.includes('AUTHORIZATION_FAILED') === true)
      await cluster.allow('platform')
      await until('the last membership', () => member.owned.length === PARTITIONS)
      expect(member.fatal).toEqual([])
    } finally {
      await cluster.allow('platform')
      await member.stop()
    }
  }, 90_000)

  test('without rights nothing is written, and with them again everything continues', async () => {
    const topic = await createTopic()
    const { producer, write } = writer(topic)
    await producer.init()
    await cluster.disallow('platform')
    await expect(write()).rejects.toThrow(/AUTHORIZATION/)
    await producer.close()
    await cluster.allow('platform')
    await writeThrough(topic, () => undefined)
  }, 60_000)
})
