/**
 * The cases of KIP-890: a request of an ended transaction arrives while the next one is open. Tested twice: with the
 * bare protocol, which lets it through in version 1 and refuses it in version 2, and with our producer, which is safe
 * in both and pays for it in version 1.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient, TransactionalProducer } from '../../kafka/client.ts'
import { createCluster } from '../../kafka/cluster/cluster.ts'
import type { Cluster } from '../../kafka/cluster/cluster.ts'
import { DeliveryTimeoutError, errorOfCode } from '../../kafka/errors.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { startBareProducer } from './bare-producer.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { readCommitted } from './read-committed.ts'
import { apiKeys, errorCodeOfEnd, errorCodeOfProduce, startTcpProxy } from './tcp-proxy.ts'
import type { TcpProxy } from './tcp-proxy.ts'

const direct = createKafkaClient({ brokers, clientId: 'late-test' })
afterAll(() => direct.close())

let proxy: TcpProxy
let cluster: Cluster
let client: KafkaClient
beforeEach(async () => {
  proxy = await startTcpProxy(brokers[0]!)
  const options = { brokers, clientId: 'late-test', requestTimeoutMs: 500, resolveBroker: proxy.resolveBroker }
  cluster = createCluster(options)
  client = createKafkaClient(options)
})
afterEach(async () => {
  proxy.decide = () => 'pass'
  await client.close()
  await cluster.close()
  await proxy.close()
})

const held = (): { readonly release: () => Promise<Buffer>; readonly until: Promise<void> } => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    until: promise,
    /** Lets the held request go on to the broker; resolves to the broker’s answer. */
    release() {
      const answer = proxy.lateAnswer()
      resolve()
      return answer
    },
  }
}

/** Holds the first request of an API and lets the others pass. */
function holdFirst(apiKey: number): ReturnType<typeof held> {
  const hold = held()
  let met = false
  proxy.decide = (request) => {
    if (met || request.apiKey !== apiKey) return 'pass'
    met = true
    return hold.until
  }
  return hold
}

const nameOf = (code: number): string => (code === 0 ? 'NONE' : errorOfCode(code, 'late').code)
const countOf = (apiKey: number): number => proxy.seen.filter((request) => request.apiKey === apiKey).length

describe('the protocol alone: records of an aborted transaction that arrive in the next', () => {
  it('version 1: they are taken for records of the next, and committed with it', async () => {
    const topic = await createTopic()
    const producer = await startBareProducer(cluster, uniqueName('tx'), 1)
    const late = holdFirst(apiKeys.produce)
    await producer.add(topic)
    await expect(producer.produceOnce(topic, 0, 'aborted')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await producer.end('abort')

    await producer.add(topic)
    expect(nameOf(errorCodeOfProduce(await late.release()))).toBe('NONE')
    await producer.produce(topic, 1, 'next')
    await producer.end('commit')
    await expect(readCommitted(direct, topic)).resolves.toEqual(['aborted', 'next'])
  })

  it('version 1: while none is open, brokers of today refuse them', async () => {
    const topic = await createTopic()
    const producer = await startBareProducer(cluster, uniqueName('tx'), 1)
    const late = holdFirst(apiKeys.produce)
    await producer.add(topic)
    await expect(producer.produceOnce(topic, 0, 'aborted')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await producer.end('abort')
    // The second code comes while the markers of the abort are still on their way.
    expect(nameOf(errorCodeOfProduce(await late.release()))).toMatch(/^(TRANSACTION_ABORTABLE|NOT_ENOUGH_REPLICAS)$/)
    await expect(readCommitted(direct, topic)).resolves.toEqual([])
  })

  it.each(['before', 'after'] as const)('version 2: they are refused, %s the next has written there', async (when) => {
    const topic = await createTopic()
    const producer = await startBareProducer(cluster, uniqueName('tx'), 2)
    const late = holdFirst(apiKeys.produce)
    await expect(producer.produceOnce(topic, 0, 'aborted')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await producer.end('abort')

    const other = await createTopic()
    await producer.produce(other, 0, 'opens the next')
    if (when === 'after') await producer.produce(topic, 0, 'next')
    expect(nameOf(errorCodeOfProduce(await late.release()))).toBe('INVALID_PRODUCER_EPOCH')
    if (when === 'before') await producer.produce(topic, 0, 'next')
    await producer.end('commit')
    await expect(readCommitted(direct, topic)).resolves.toEqual(['next'])
  })
})

describe('the protocol alone: a commit that was repeated, and arrives again in the next transaction', () => {
  it('version 1: it commits half of the next, which was to be aborted', async () => {
    const topic = await createTopic()
    const producer = await startBareProducer(cluster, uniqueName('tx'), 1)
    await producer.add(topic)
    await producer.produce(topic, 0, 'first')
    const late = holdFirst(apiKeys.endTxn)
    await producer.end('commit')

    await producer.add(topic)
    await producer.produce(topic, 1, 'half of the second')
    expect(nameOf(errorCodeOfEnd(await late.release()))).toBe('NONE')
    await expect(producer.end('abort')).rejects.toMatchObject({ code: 'INVALID_TXN_STATE' })
    await expect(readCommitted(direct, topic)).resolves.toEqual(['first', 'half of the second'])
  })

  it('version 2: it is refused, and the next one ends as its owner decides', async () => {
    const topic = await createTopic()
    const producer = await startBareProducer(cluster, uniqueName('tx'), 2)
    await producer.produce(topic, 0, 'first')
    const late = holdFirst(apiKeys.endTxn)
    await producer.end('commit')

    await producer.produce(topic, 0, 'half of the second')
    expect(nameOf(errorCodeOfEnd(await late.release()))).toBe('PRODUCER_FENCED')
    await producer.end('abort')
    await expect(readCommitted(direct, topic)).resolves.toEqual(['first'])
  })
})

describe('the protocol alone: partitions that are added late', () => {
  it('version 1: they become part of the next transaction', async () => {
    const [topic, late] = [await createTopic(), await createTopic()]
    const producer = await startBareProducer(cluster, uniqueName('tx'), 1)
    await producer.add(topic)
    const hold = holdFirst(apiKeys.addPartitionsToTxn)
    // The request was repeated and answered; the first attempt is still on its way.
    await producer.add(late)
    await producer.end('abort')

    await producer.add(topic)
    const before = await direct.listOffset({ topic: late, partition: 0 }, 'latest')
    await hold.release()
    await producer.end('commit')
    // A commit marker in a partition that the second transaction never wrote to.
    while ((await direct.listOffset({ topic: late, partition: 0 }, 'latest')) === before) await delay(5)
    await expect(readCommitted(direct, late)).resolves.toEqual([])
  })
})

describe('an end that is repeated', () => {
  it.each(['commit', 'abort'] as const)(
    'version 2: %s gives the same next epoch each time, until that one is used',
    async (outcome) => {
      const topic = await createTopic()
      const producer = await startBareProducer(cluster, uniqueName('tx'), 2)
      const first = producer.identity
      await producer.produce(topic, 0, 'first')
      const next = { producerId: first.producerId, producerEpoch: first.producerEpoch + 1 }
      for (let attempt = 0; attempt < 3; attempt++)
        await expect(producer.requests.end(first, outcome, 2, 5000)).resolves.toEqual(next)
      const otherwise = outcome === 'commit' ? 'abort' : 'commit'
      await expect(producer.requests.end(first, otherwise, 2, 5000)).rejects.toMatchObject({
        code: 'INVALID_TXN_STATE',
      })
      await expect(readCommitted(direct, topic)).resolves.toEqual(outcome === 'commit' ? ['first'] : [])
    },
  )
})

async function startProducer(transactionVersionMax: 1 | 2): Promise<TransactionalProducer> {
  const producer = client.transactionalProducer(uniqueName('tx'), { deliveryTimeoutMs: 2000, transactionVersionMax })
  await producer.init()
  return producer
}

function append(producer: TransactionalProducer, topic: string, value: string): void {
  producer.append(topic, 0, Date.now(), null, Buffer.from(value))
}

/** In version 1 the producer must ask for a new epoch; in version 2 each end brings one. */
function expectEpochAskedFor(version: 1 | 2, initsBefore: number): void {
  expect(countOf(apiKeys.initProducerId) > initsBefore).toBe(version === 1)
}

describe.each([1, 2] as const)('our producer, version %d', (version) => {
  it('a commit that arrives in the middle of the next transaction does not end it', async () => {
    const topic = await createTopic()
    const producer = await startProducer(version)
    const inits = countOf(apiKeys.initProducerId)
    const late = holdFirst(apiKeys.endTxn)
    producer.begin()
    append(producer, topic, 'first')
    await producer.commit()
    // The repeated commit was acknowledged; the first one is still on its way, so the epoch must not be used again.
    expect(producer.producerEpoch).toBe(1)

    producer.begin()
    append(producer, topic, 'second')
    await producer.flush()
    expect(nameOf(errorCodeOfEnd(await late.release()))).toBe('PRODUCER_FENCED')
    append(producer, topic, 'third')
    await producer.flush()
    await producer.abort()
    await expect(readCommitted(direct, topic)).resolves.toEqual(['first'])
    expectEpochAskedFor(version, inits)
    await producer.close()
  })

  it.each(['between two transactions', 'in the next transaction'])(
    'records of an aborted transaction that arrive %s stay out, and hold up no reader',
    async (when) => {
      const topic = await createTopic()
      const producer = await startProducer(version)
      const inits = countOf(apiKeys.initProducerId)
      const late = held()
      proxy.decide = ({ apiKey }) => (apiKey === apiKeys.produce ? late.until : 'pass')
      producer.begin()
      append(producer, topic, 'late')
      await expect(producer.flush()).rejects.toBeInstanceOf(DeliveryTimeoutError)
      proxy.decide = () => 'pass'
      await producer.abort()

      const open = when === 'in the next transaction'
      if (!open) expect(errorCodeOfProduce(await late.release())).not.toBe(0)
      producer.begin()
      append(producer, topic, 'good')
      await producer.flush()
      if (open) expect(nameOf(errorCodeOfProduce(await late.release()))).toBe('INVALID_PRODUCER_EPOCH')
      await producer.commit()
      await expect(readCommitted(direct, topic)).resolves.toEqual(['good'])
      expectEpochAskedFor(version, inits)
      await producer.close()
    },
  )

  it('adds partitions and groups by requests of their own in version 1 alone', async () => {
    const topic = await createTopic()
    const producer = await startProducer(version)
    producer.begin()
    append(producer, topic, 'only')
    const group = { groupId: uniqueName('group'), generationId: -1, memberId: '', groupInstanceId: null }
    await producer.sendOffsets(group, [{ topic, partition: 0, offset: 7 }])
    await producer.commit()
    await expect(readCommitted(direct, topic)).resolves.toEqual(['only'])
    await expect(direct.committedOffsets(group.groupId, [{ topic, partition: 0 }])).resolves.toMatchObject([
      { offset: 7 },
    ])
    const added = [countOf(apiKeys.addPartitionsToTxn) > 0, countOf(apiKeys.addOffsetsToTxn) > 0]
    expect(added).toEqual(version === 1 ? [true, true] : [false, false])
    await producer.close()
  })
})

describe('two transactions in a row, version 2', () => {
  it('asks whether the previous one is settled only when in a hurry: brokers delay a producer that comes too early', async () => {
    const topic = await createTopic()
    const producer = await startProducer(2)
    const write = async () => {
      producer.begin()
      append(producer, topic, 'any')
      await producer.commit()
    }
    for (let i = 0; i < 3; i++) {
      await delay(25)
      await write()
    }
    expect(countOf(apiKeys.describeTransactions)).toBe(0)
    // How soon the check comes also depends on the machine.
    for (let i = 0; i < 500 && countOf(apiKeys.describeTransactions) === 0; i++) await write()
    expect(countOf(apiKeys.describeTransactions)).toBeGreaterThan(0)
    await producer.close()
  })
})
