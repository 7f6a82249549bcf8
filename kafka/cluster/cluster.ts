import type { Connection } from '@platformatic/kafka'
import { findCoordinatorV6, metadataV12 } from '@platformatic/kafka'
import { checkBrokerVersions } from './broker-versions.ts'
import type { ClientOptions } from '../client.ts'
import { createConnectionPool } from './connection-pool.ts'
import type { Address } from './connection-pool.ts'
import { ClientClosedError, KafkaError, errorOfCode, errorOfWire } from '../errors.ts'
import { firstAnswer } from './first-answer.ts'
import { partialAnswer } from '../admin/partial-answer.ts'
import { deadlineIn, retry } from './retry.ts'
import { createSilentNodes } from './silent-nodes.ts'

export interface PartitionLeader {
  /** -1: the partition has no leader now. */
  readonly nodeId: number
  readonly leaderEpoch: number
}

export interface TopicMetadata {
  readonly name: string
  readonly topicId: string
  /** By partition number. */
  readonly leaders: readonly PartitionLeader[]
}

export type CoordinatorKind = 'group' | 'transaction'

/** Context of a request to a leader or coordinator, beside the connection. */
export interface CallOptions {
  /**
   * A channel is one ordered connection for one purpose: its requests are answered in order and delay no other channel.
   */
  readonly channel: string
  /** Names the request in errors, as in `EndTxn of scores-3`. */
  readonly where: string
  /** Retriable errors are retried that long. Default: the client's request time-out. */
  readonly retryMs?: number
  /** How long one answer may take. It holds for the whole channel. Default: the client's request time-out. */
  readonly requestTimeoutMs?: number
  readonly signal?: AbortSignal
}

/** The cluster as this client sees it: nodes, leaders, and one connection per (node, channel). */
export interface Cluster {
  readonly options: ClientOptions
  readonly requestTimeoutMs: number
  /** One attempt at one node; every error is a `KafkaError`. */
  call<T>(nodeId: number, call: CallOptions, request: (connection: Connection) => Promise<T>): Promise<T>
  /** At any broker that answers, with retries. */
  callAny<T>(
    call: Pick<CallOptions, 'where' | 'retryMs' | 'signal'>,
    request: (connection: Connection) => Promise<T>,
  ): Promise<T>
  /** At the partition's leader, with retries that find a moved leader. */
  callLeader<T>(
    topic: string,
    partition: number,
    call: CallOptions,
    request: (connection: Connection, topic: TopicMetadata) => Promise<T>,
  ): Promise<T>
  /** At the coordinator of a group or transactional id, with retries that find a moved coordinator. */
  callCoordinator<T>(
    kind: CoordinatorKind,
    key: string,
    call: CallOptions,
    request: (connection: Connection) => Promise<T>,
  ): Promise<T>
  /**
   * Known metadata, or asked for. Rejects with UNKNOWN_TOPIC_OR_PARTITION (retriable) where a topic is not there (yet).
   */
  topic(name: string): Promise<TopicMetadata>
  /** Who leads the partition; rejects with LEADER_NOT_AVAILABLE (retriable) where it has no leader. */
  leaderOf(topic: string, partition: number): Promise<PartitionLeader>
  /** Metadata of the topics, asked for now. Missing topics are left out. */
  refresh(names: readonly string[]): Promise<readonly TopicMetadata[]>
  /** The next look-up of that topic asks the cluster again. */
  invalidate(topic: string): void
  coordinatorOf(kind: CoordinatorKind, key: string): Promise<number>
  invalidateCoordinator(kind: CoordinatorKind, key: string): void
  closeChannel(channel: string): Promise<void>
  close(): Promise<void>
}

const METADATA_CHANNEL = 'metadata'
/** After this wait for a broker’s answer about the cluster, another one is asked too. */
const PATIENCE_MS = 1_000
const REQUEST_TIMEOUT_MS_DEFAULT = 30_000
const METADATA_TIMEOUT_MS_MAX = 10_000
const UNKNOWN_TOPIC_OR_PARTITION = 3
const LEADER_NOT_AVAILABLE = 5

export function createCluster(options: ClientOptions): Cluster {
  const requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS_DEFAULT
  /** Any broker can answer, so that one which hangs isn't waited for long. */
  const metadataTimeoutMs = Math.min(requestTimeoutMs, METADATA_TIMEOUT_MS_MAX)
  const pool = createConnectionPool(options)
  const seeds = options.brokers.map(addressOf)
  const nodes = new Map<number, Address>()
  /** Where a node was found last, also of one that is gone. */
  const addresses = new Map<number, Address>()
  const topics = new Map<string, TopicMetadata>()
  const coordinators = new Map<string, number>()
  /** Callers that ask for the same topic at the same time share one request. */
  const lookups = new Map<string, Promise<TopicMetadata>>()
  let versionsChecked = false
  let lastAnswered: Address | undefined
  let closed = false

  const silent = createSilentNodes({
    ask: () => askMetadata([]),
    isThere: (nodeId) => closed || nodes.has(nodeId),
    giveUp: (nodeId) => void (addresses.has(nodeId) && pool.drop(dialled(addresses.get(nodeId)!))),
  })

  const dialled = ({ host, port }: Address): Address => options.resolveBroker?.(host, port) ?? { host, port }

  const connectTo = (address: Address, channel: string, timeoutMs: number): Promise<Connection> =>
    pool.connect(dialled(address), channel, timeoutMs)

  async function askAt<T>(
    address: Address,
    where: string,
    request: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    if (closed) throw new ClientClosedError(where)
    try {
      const connection = await connectTo(address, METADATA_CHANNEL, metadataTimeoutMs)
      if (!versionsChecked) await checkBrokerVersions(connection)
      versionsChecked = true
      const answer = await request(connection)
      lastAnswered = address
      return answer
    } catch (error) {
      throw errorOfWire(error, where)
    }
  }

  /** The broker that answered last is asked first; one that hangs delays no caller for long. */
  async function callAny<T>(where: string, request: (connection: Connection) => Promise<T>): Promise<T> {
    const known = distinct([...(lastAnswered ? [lastAnswered] : shuffled(seeds)), ...nodes.values(), ...seeds])
    if (known.length === 0)
      throw new KafkaError(`${where}: no broker is configured. Name at least one as host:port`, 'NO_BROKERS', 'fatal')
    return firstAnswer(
      known.map((address) => () => askAt(address, where, request)),
      PATIENCE_MS,
      (error) => (error as KafkaError).kind !== 'retriable',
    )
  }

  async function askMetadata(names: readonly string[]): Promise<metadataV12.MetadataResponse> {
    const where = `Metadata of ${names.join(', ') || 'the cluster'}`
    const answer = await callAny(where, (connection) =>
      metadataV12.api.async(connection, [...names], false).catch(partialAnswer<metadataV12.MetadataResponse>),
    )
    // An answer without brokers comes from a broker that is still starting; keep the former metadata.
    if (answer.brokers.length > 0) {
      nodes.clear()
      for (const broker of answer.brokers) nodes.set(broker.nodeId, { host: broker.host, port: broker.port })
    }
    return answer
  }

  async function refresh(names: readonly string[]): Promise<readonly TopicMetadata[]> {
    const answer = await askMetadata(names)
    const found: TopicMetadata[] = []
    for (const name of names) {
      const given = answer.topics.find((topic) => topic.name === name)
      if (!given || (given.errorCode !== 0 && given.errorCode !== LEADER_NOT_AVAILABLE)) {
        topics.delete(name)
        if (given && given.errorCode !== UNKNOWN_TOPIC_OR_PARTITION)
          throw errorOfCode(given.errorCode, `Metadata of ${name}`)
        continue
      }
      const leaders: PartitionLeader[] = given.partitions.map(() => ({ nodeId: -1, leaderEpoch: -1 }))
      for (const { partitionIndex, leaderId, leaderEpoch } of given.partitions)
        leaders[partitionIndex] = { nodeId: leaderId, leaderEpoch }
      const metadata = { name, topicId: given.topicId, leaders }
      topics.set(name, metadata)
      found.push(metadata)
    }
    return found
  }

  async function lookUp(name: string): Promise<TopicMetadata> {
    const [found] = await refresh([name])
    if (!found) throw errorOfCode(UNKNOWN_TOPIC_OR_PARTITION, `Metadata of ${name}`)
    return found
  }

  function topic(name: string): Promise<TopicMetadata> {
    const known = topics.get(name)
    if (known) return Promise.resolve(known)
    let lookup = lookups.get(name)
    if (!lookup) {
      lookup = lookUp(name).finally(() => lookups.delete(name))
      lookups.set(name, lookup)
    }
    return lookup
  }

  async function leaderOf(name: string, partition: number): Promise<PartitionLeader> {
    const { leaders } = await topic(name)
    const leader = leaders[partition]
    if (leader && leader.nodeId >= 0) return leader
    topics.delete(name)
    throw errorOfCode(leader ? LEADER_NOT_AVAILABLE : UNKNOWN_TOPIC_OR_PARTITION, `Leader of ${name}-${partition}`)
  }

  async function addressOfNode(nodeId: number, where: string): Promise<Address> {
    if (!nodes.has(nodeId)) await askMetadata([])
    const address = nodes.get(nodeId)
    if (address) {
      addresses.set(nodeId, address)
      return address
    }
    throw new KafkaError(
      `${where}: broker ${nodeId} is not in the cluster now. It is retried`,
      'BROKER_NOT_AVAILABLE',
      'retriable',
      { stale: 'metadata' },
    )
  }

  async function call<T>(
    nodeId: number,
    { channel, where, ...rest }: CallOptions,
    request: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    if (closed) throw new ClientClosedError(where)
    try {
      const address = await addressOfNode(nodeId, where)
      // A hanging node does not answer the handshake either.
      return await silent.watch(
        nodeId,
        connectTo(address, channel, rest.requestTimeoutMs ?? requestTimeoutMs).then(request),
      )
    } catch (error) {
      const known = errorOfWire(error, where)
      // A node that can't be reached may have moved: the next call asks for the addresses again.
      if (known.code === 'CONNECTION_LOST') nodes.delete(nodeId)
      throw known
    }
  }

  async function coordinatorOf(kind: CoordinatorKind, key: string): Promise<number> {
    const known = coordinators.get(`${kind}:${key}`)
    if (known !== undefined) return known
    const where = `FindCoordinator of ${kind} ${key}`
    const answer = await callAny(where, (connection) =>
      findCoordinatorV6.api.async(connection, kind === 'group' ? 0 : 1, [key]),
    )
    const found = answer.coordinators[0]
    if (!found) throw errorOfCode(15, where)
    nodes.set(found.nodeId, { host: found.host, port: found.port })
    coordinators.set(`${kind}:${key}`, found.nodeId)
    return found.nodeId
  }

  const invalidateCoordinator = (kind: CoordinatorKind, key: string): void => void coordinators.delete(`${kind}:${key}`)

  const retryOptions = (
    { retryMs, signal }: Pick<CallOptions, 'retryMs' | 'signal'>,
    onRetry: (error: KafkaError) => void,
  ) => ({
    deadline: deadlineIn(retryMs ?? requestTimeoutMs),
    onRetry,
    ...(signal && { signal }),
  })

  return {
    options,
    requestTimeoutMs,
    call,
    callAny: (options, request) =>
      retry(
        () => callAny(options.where, request),
        retryOptions(options, () => undefined),
      ),
    callLeader(name, partition, options, request) {
      const attempt = async () => {
        const leader = await leaderOf(name, partition)
        const metadata = await topic(name)
        return call(leader.nodeId, options, (connection) => request(connection, metadata))
      }
      return retry(
        attempt,
        retryOptions(options, (error) => error.stale && topics.delete(name)),
      )
    },
    callCoordinator(kind, key, options, request) {
      const attempt = async () => call(await coordinatorOf(kind, key), options, request)
      return retry(
        attempt,
        retryOptions(options, (error) => error.stale && invalidateCoordinator(kind, key)),
      )
    },
    topic,
    leaderOf,
    refresh,
    invalidate: (name) => void topics.delete(name),
    coordinatorOf,
    invalidateCoordinator,
    closeChannel: (channel) => pool.closeChannel(channel),
    close() {
      closed = true
      return pool.close()
    },
  }
}

function distinct(list: readonly Address[]): Address[] {
  return [...new Map(list.map((address) => [`${address.host}:${address.port}`, address])).values()]
}

/** Clients that start together should not all ask the same broker. */
function shuffled(list: readonly Address[]): Address[] {
  const start = Math.floor(Math.random() * list.length)
  return [...list.slice(start), ...list.slice(0, start)]
}

/** `host:port`, with brackets around an IPv6 host. */
export function addressOf(broker: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(broker)
  const port = Number(match?.[3])
  if (!match || port < 1 || port > 65_535)
    throw new KafkaError(`Broker ${JSON.stringify(broker)} is not an address. Write host:port`, 'BAD_ADDRESS', 'fatal')
  return { host: (match[1] ?? match[2])!, port }
}
