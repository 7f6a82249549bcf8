import type { Connection } from '@platformatic/kafka'
import { createBrokers } from './brokers.ts'
import type { ClientOptions } from '../client.ts'
import { createCoordinators } from './coordinators.ts'
import type { CoordinatorKind } from './coordinators.ts'
import type { KafkaError } from '../errors.ts'
import { createNodeCalls } from './node-calls.ts'
import type { CallNode, CallOptions } from './node-calls.ts'
import { deadlineIn, retry } from './retry.ts'
import { createTopicMetadataCache } from './topic-metadata.ts'
import type { TopicMetadata, TopicMetadataCache } from './topic-metadata.ts'

/** The cluster as this client sees it: nodes, leaders, and one connection per (node, channel). */
export interface Cluster extends TopicMetadataCache {
  readonly options: ClientOptions
  readonly requestTimeoutMs: number
  readonly call: CallNode
  /** Sends the request to any broker that answers, with retries. */
  callAny<T>(
    call: Pick<CallOptions, 'where' | 'retryMs' | 'signal'>,
    request: (connection: Connection) => Promise<T>,
  ): Promise<T>
  /** Sends the request to the partition's leader; retries find a moved leader. */
  callLeader<T>(
    topic: string,
    partition: number,
    call: CallOptions,
    request: (connection: Connection, topic: TopicMetadata) => Promise<T>,
  ): Promise<T>
  /** Sends the request to the coordinator of a group or transactional id; retries find a moved coordinator. */
  callCoordinator<T>(
    kind: CoordinatorKind,
    key: string,
    call: CallOptions,
    request: (connection: Connection) => Promise<T>,
  ): Promise<T>
  coordinatorOf(kind: CoordinatorKind, key: string): Promise<number>
  invalidateCoordinator(kind: CoordinatorKind, key: string): void
  closeChannel(channel: string): Promise<void>
  close(): Promise<void>
}

const REQUEST_TIMEOUT_MS_DEFAULT = 30_000
/** Any broker can answer about the cluster, so a hanging one is given up early. */
const METADATA_TIMEOUT_MS_MAX = 10_000

export function createCluster(options: ClientOptions): Cluster {
  const requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS_DEFAULT
  const brokers = createBrokers(options, Math.min(requestTimeoutMs, METADATA_TIMEOUT_MS_MAX))
  const topics = createTopicMetadataCache(brokers)
  const coordinators = createCoordinators(brokers)
  const call = createNodeCalls(brokers, requestTimeoutMs)

  function withRetries<T>(
    { retryMs = requestTimeoutMs, signal }: Pick<CallOptions, 'retryMs' | 'signal'>,
    attempt: () => Promise<T>,
    onRetry: (error: KafkaError) => void = () => undefined,
  ): Promise<T> {
    return retry(attempt, { deadline: deadlineIn(retryMs), onRetry, ...(signal && { signal }) })
  }

  return {
    options,
    requestTimeoutMs,
    ...topics,
    call,
    callAny: (options, request) => withRetries(options, () => brokers.requestAny(options.where, request)),
    callLeader(name, partition, options, request) {
      const attempt = async () => {
        const leader = await topics.leaderOf(name, partition)
        const metadata = await topics.topic(name)
        return call(leader.nodeId, options, (connection) => request(connection, metadata))
      }
      return withRetries(options, attempt, (error) => error.stale && topics.invalidate(name))
    },
    callCoordinator(kind, key, options, request) {
      const attempt = async () => call(await coordinators.find(kind, key), options, request)
      return withRetries(options, attempt, (error) => error.stale && coordinators.invalidate(kind, key))
    },
    coordinatorOf: coordinators.find,
    invalidateCoordinator: coordinators.invalidate,
    closeChannel: brokers.closeChannel,
    close: brokers.close,
  }
}
