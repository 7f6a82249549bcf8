import type { Connection } from '@platformatic/kafka'
import { initProducerIdV5, metadataV12 } from '@platformatic/kafka'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createCluster } from '../../../kafka/cluster/cluster.ts'
import type { Cluster } from '../../../kafka/cluster/cluster.ts'
import type { ClientOptions } from '../../../kafka/client.ts'
import {
  AuthorizationError,
  ClientClosedError,
  ConnectionLostError,
  UnsupportedBrokerError,
} from '../../../kafka/errors.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'
import { apiKeys, startTcpProxy } from '../tcp-proxy.ts'
import type { TcpProxy } from '../tcp-proxy.ts'
import { until } from '../until.ts'

const open: Cluster[] = []
let proxy: TcpProxy
beforeEach(async () => {
  proxy = await startTcpProxy(brokers[0]!)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((cluster) => cluster.close()))
  await proxy.close()
})

function start(options: Partial<ClientOptions> = {}): Cluster {
  const cluster = createCluster({ brokers, clientId: 'cluster-test', resolveBroker: proxy.resolveBroker, ...options })
  open.push(cluster)
  return cluster
}

const askNothing = (connection: Connection) => metadataV12.api.async(connection, [], false)

describe('cluster', () => {
  it('caches topics, their ids and leaders, with one request for all simultaneous callers', async () => {
    const topic = await createTopic({ partitions: 2 })
    const cluster = start()
    const [first, second] = await Promise.all([cluster.topic(topic), cluster.topic(topic)])
    expect(first).toBe(second)
    expect(first.leaders).toHaveLength(2)
    await expect(cluster.leaderOf(topic, 1)).resolves.toMatchObject({ nodeId: first.leaders[1]!.nodeId })
    await expect(cluster.leaderOf(topic, 2)).rejects.toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      kind: 'retriable',
    })
    cluster.invalidate(topic)
    await expect(cluster.topic(topic)).resolves.not.toBe(first)
  })

  it('serves one channel while another waits', async () => {
    const topic = await createTopic()
    const cluster = start()
    const { nodeId } = await cluster.leaderOf(topic, 0)
    const askId = (connection: Connection) => initProducerIdV5.api.async(connection, null, 1000)
    // A broker that has just started has no producer ids yet.
    await cluster.callAny({ where: 'First id' }, askId)
    const before = proxy.seen.length
    const held = Promise.withResolvers<void>()
    proxy.decide = ({ apiKey }) => (apiKey === apiKeys.initProducerId ? held.promise : 'pass')
    let slowDone = false
    const slow = cluster.call(nodeId, { channel: 'slow', where: 'Slow' }, askId).then(() => (slowDone = true))
    await until('the slow request', () =>
      proxy.seen.slice(before).some(({ apiKey }) => apiKey === apiKeys.initProducerId),
    )
    await cluster.call(nodeId, { channel: 'quick', where: 'Quick' }, askNothing)
    expect(slowDone).toBe(false)
    held.resolve()
    await slow
  })

  it('makes a new connection after one broke, and after an answer that never came', async () => {
    const topic = await createTopic()
    const cluster = start({ requestTimeoutMs: 300 })
    const { nodeId } = await cluster.leaderOf(topic, 0)
    const ask = () => cluster.call(nodeId, { channel: 'channel', where: 'Ask' }, askNothing)
    await ask()
    proxy.cutAll()
    // The break may be noticed only by the first request, which fails and may be repeated.
    await ask().catch((error: unknown) => expect(error).toBeInstanceOf(ConnectionLostError))
    await ask()
    proxy.decide = () => 'dropAnswer'
    await expect(ask()).rejects.toMatchObject({ name: 'ConnectionLostError', kind: 'retriable' })
    proxy.decide = () => 'pass'
    await ask()
  })

  it('finds the cluster through the broker that is up', async () => {
    const dead = createServer()
    await new Promise<void>((resolve) => dead.listen(0, '127.0.0.1', resolve))
    const address = `127.0.0.1:${(dead.address() as AddressInfo).port}`
    await new Promise((resolve) => dead.close(resolve))
    const topic = await createTopic()
    for (let attempt = 0; attempt < 4; attempt++) {
      const cluster = createCluster({ brokers: [address, ...brokers], clientId: 'cluster-test' })
      open.push(cluster)
      await expect(cluster.topic(topic)).resolves.toMatchObject({ name: topic })
    }
    const lost = createCluster({ brokers: [address], clientId: 'cluster-test' })
    open.push(lost)
    await expect(lost.topic(topic)).rejects.toThrow(`Connecting to ${address}`)
  })

  it('finds the coordinator of a group and of a transactional id, and looks it up again on request', async () => {
    const cluster = start()
    const key = uniqueName('key')
    for (const kind of ['group', 'transaction'] as const) {
      const call = { channel: 'coordinator', where: 'Ask' }
      await cluster.callCoordinator(kind, key, call, askNothing)
      const nodeId = await cluster.coordinatorOf(kind, key)
      const lookups = () => proxy.seen.filter(({ apiKey }) => apiKey === apiKeys.findCoordinator).length
      const before = lookups()
      cluster.invalidateCoordinator(kind, key)
      await expect(cluster.coordinatorOf(kind, key)).resolves.toBe(nodeId)
      expect(lookups()).toBe(before + 1)
    }
  })

  it('refuses calls once closed', async () => {
    const cluster = start()
    await cluster.close()
    await expect(cluster.topic('any')).rejects.toBeInstanceOf(ClientClosedError)
  })

  it('names the requests that a broker does not support', async () => {
    const fake = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', (frame: Buffer) => {
        // ApiVersions version 2: correlation id, no error, one API (Metadata, versions 0 to 9), throttle time.
        const answer = Buffer.alloc(4 + 4 + 2 + 4 + 6 + 4)
        answer.writeInt32BE(answer.length - 4, 0)
        frame.copy(answer, 4, 8, 12)
        answer.writeInt32BE(1, 10)
        answer.writeInt16BE(3, 14)
        answer.writeInt16BE(9, 18)
        socket.write(answer)
      })
    })
    await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve))
    const cluster = createCluster({
      brokers: [`127.0.0.1:${(fake.address() as AddressInfo).port}`],
      clientId: 'cluster-test',
    })
    open.push(cluster)
    const refused = await cluster.topic('any').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UnsupportedBrokerError)
    expect(String(refused)).toContain('Metadata 12 (it offers 0 to 9)')
    expect(String(refused)).toContain('Fetch 17 (it offers none)')
    await cluster.close()
    await new Promise((resolve) => fake.close(resolve))
  })

  it('reports credentials that are given to a listener without authentication', async () => {
    const cluster = start({ sasl: { mechanism: 'PLAIN', username: 'user', password: 'secret' } })
    const refused = await cluster.topic('any').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AuthorizationError)
    expect(String(refused)).not.toContain('secret')
  })
})
