import { describeClusterV1, describeGroupsV5, metadataV12 } from '@platformatic/kafka'
import type { ClientOptions } from '../client.ts'
import { createCluster } from '../cluster/cluster.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { operationsOf } from './authorized-operations.ts'
import type { Operation } from './authorized-operations.ts'
import { topicConfigs } from './config-requests.ts'
import { readCoordinatorClock } from './coordinator-clock.ts'
import type { CoordinatorClock } from './coordinator-clock.ts'
import { inspectBroker } from './inspect-broker.ts'
import type { InspectedBroker } from './inspect-broker.ts'
import { AuthorizationError } from '../errors.ts'
import { groupLag } from './group-lag.ts'
import type { PartitionLag } from './group-lag.ts'
import { partialResponse } from './partial-response.ts'

/** What a cluster has and what it allows this principal. Connects on first use. */
export interface Inspection {
  /** Connects to this broker and no other. Rejects if it can't be used. */
  broker(address: string): Promise<InspectedBroker>
  cluster(): Promise<{
    /** Addresses under which the brokers want to be reached, as `host:port`. */
    readonly brokers: readonly string[]
    readonly operations: ReadonlySet<Operation>
  }>
  topics(names: readonly string[]): Promise<readonly InspectedTopic[]>
  /** Current settings of existing topics, by topic and Kafka's name of the setting. */
  settings(names: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>>
  groups(ids: readonly string[]): Promise<readonly InspectedGroup[]>
  lag(groupId: string, topics: readonly string[]): Promise<readonly PartitionLag[]>
  /** Reads the clock of a broker by a transaction of this id, which writes no record and is aborted. */
  coordinatorClock(transactionalId: string, groupId: string, nowMs: () => number): Promise<CoordinatorClock>
  close(): Promise<void>
}

export interface InspectedTopic {
  readonly name: string
  readonly exists: boolean
  readonly partitionCount: number
  /** Replicas of the partition that has the fewest. */
  readonly copies: number
  /** Partitions without a leader, which can be neither read nor written. */
  readonly leaderless: number
  readonly operations: ReadonlySet<Operation>
}

export interface InspectedGroup {
  readonly id: string
  readonly members: number
  readonly operations: ReadonlySet<Operation>
}

const NOTHING_WRONG = 0
const TOPIC_AUTHORIZATION_FAILED = 29
const LEADER_NOT_AVAILABLE = 5
const OF_BROKERS = 1

export function createInspection(options: ClientOptions): Inspection {
  const cluster = createCluster(options)

  return {
    broker: (address) => inspectBroker(options, address),
    async cluster() {
      const { brokers, clusterAuthorizedOperations } = await cluster.callAny(
        { where: 'DescribeCluster' },
        (connection) => describeClusterV1.api.async(connection, true, OF_BROKERS),
      )
      const addresses = brokers.map(({ host, port }) => `${host}:${port}`)
      return { brokers: addresses, operations: operationsOf(clusterAuthorizedOperations) }
    },
    async topics(names) {
      const { topics } = await cluster.callAny({ where: `Metadata of ${names.length} topics` }, (connection) =>
        metadataV12.api.async(connection, [...names], false, true).catch(partialResponse<metadataV12.MetadataResponse>),
      )
      return topics.map(inspectedTopic)
    },
    settings: (names) => topicConfigs(cluster, names),
    groups: (ids) => Promise.all(ids.map((id) => inspectGroup(cluster, id))),
    lag: (groupId, topics) => groupLag(cluster, groupId, topics),
    coordinatorClock: (id, groupId, nowMs) => readCoordinatorClock(cluster, id, groupId, nowMs),
    close: () => cluster.close(),
  }
}

async function inspectGroup(cluster: Cluster, id: string): Promise<InspectedGroup> {
  const call = { channel: 'metadata', where: `DescribeGroups of ${id}` }
  try {
    const { groups } = await cluster.callCoordinator('group', id, call, (connection) =>
      describeGroupsV5.api.async(connection, [id], true),
    )
    const { members, authorizedOperations } = groups[0]!
    return { id, members: members.length, operations: operationsOf(authorizedOperations) }
  } catch (error) {
    // Even its coordinator is told only to those who may describe the group.
    if (error instanceof AuthorizationError) return { id, members: 0, operations: operationsOf(0) }
    throw error
  }
}

function inspectedTopic(topic: metadataV12.MetadataResponse['topics'][number]): InspectedTopic {
  const { name, errorCode, partitions, topicAuthorizedOperations } = topic
  const exists = [NOTHING_WRONG, LEADER_NOT_AVAILABLE, TOPIC_AUTHORIZATION_FAILED].includes(errorCode)
  return {
    name: name!,
    exists,
    partitionCount: partitions.length,
    copies: Math.min(...partitions.map(({ replicaNodes }) => replicaNodes.length)),
    leaderless: partitions.filter(({ leaderId }) => leaderId < 0).length,
    operations: operationsOf(errorCode === TOPIC_AUTHORIZATION_FAILED ? 0 : topicAuthorizedOperations),
  }
}
