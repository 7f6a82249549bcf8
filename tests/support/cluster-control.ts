/** Queries and commands for a test’s own cluster, through whichever node answers. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, Reader } from '@platformatic/kafka'
import {
  alterPartitionReassignmentsV0,
  createAclsV3,
  deleteAclsV3,
  describeQuorumV2,
  findCoordinatorV6,
  metadataV12,
  Writer,
} from '@platformatic/kafka'
import type { ClientOptions } from '../../kafka/client.ts'
import { addressOf } from '../../kafka/cluster/address.ts'
import { createConnectionPool } from '../../kafka/cluster/connection-pool.ts'
import { waitFor } from './services.ts'

export interface ClusterControl {
  /** Returns the node that leads the partition. */
  leaderOf(topic: string, partition: number): Promise<number>
  /** Returns all replicas of the partition; the first is the preferred leader. */
  replicasOf(topic: string, partition: number): Promise<readonly number[]>
  /** Returns the node with the active controller. */
  controller(): Promise<number>
  /** Returns the node that coordinates the group or the transactional id. */
  coordinatorOf(kind: 'group' | 'transaction', key: string): Promise<number>
  /** Returns the brokers that serve now. */
  livingNodes(): Promise<readonly number[]>
  /** Waits until this number of brokers is registered and serves. */
  untilNodes(count: number): Promise<void>
  /** Waits until every replica of every partition is in sync, so that another node may fail. */
  untilInSync(timeoutMs?: number): Promise<void>
  /** Orders the partition’s replicas to move to these nodes; `untilReassigned` waits for it. */
  reassign(topic: string, partition: number, replicas: readonly number[]): Promise<void>
  untilReassigned(topic: string, partition: number, replicas: readonly number[]): Promise<void>
  /** Makes the preferred replica of each partition its leader again. */
  electPreferred(): Promise<void>
  /** Allows everything on topics, groups and transactional ids, or on these kinds only. */
  allow(user: string, kinds?: readonly RightKind[]): Promise<void>
  /** Revokes what was allowed. */
  disallow(user: string, kinds?: readonly RightKind[]): Promise<void>
  /** Denies writing to one topic, which takes precedence over everything that is allowed. */
  forbidWriting(user: string, topic: string): Promise<void>
  /** Removes that denial. */
  permitWriting(user: string, topic: string): Promise<void>
  close(): Promise<void>
}

const ASK_MS_MAX = 30_000
const ANSWER_MS_MAX = 4_000
const CLUSTER_METADATA = '__cluster_metadata'
const ANY = 1
const ALL = 2
const WRITE = 4
const DENY = 2
const ALLOW = 3
const LITERAL = 3
const KINDS = { topics: 2, groups: 3, transactionalIds: 5 } as const
export type RightKind = keyof typeof KINDS
const everyKind = Object.keys(KINDS) as RightKind[]

export function createClusterControl(client: Pick<ClientOptions, 'brokers' | 'tls' | 'sasl'>): ClusterControl {
  const pool = createConnectionPool({ ...client, clientId: 'cluster-control' })
  const addresses = client.brokers.map(addressOf)
  let first = 0

  /** Sends the request to any node that answers, passing over nodes that are down or frozen. */
  async function ask<T>(what: string, request: (connection: Connection) => Promise<T>): Promise<T> {
    const deadline = performance.now() + ASK_MS_MAX
    for (;;) {
      let failure: unknown
      for (let turn = 0; turn < addresses.length; turn++) {
        const address = addresses[(first + turn) % addresses.length]!
        const impatient = AbortSignal.timeout(ANSWER_MS_MAX)
        try {
          const work = pool.connect(address, 'control', ANSWER_MS_MAX).then(request)
          const answer = await Promise.race([work, rejectOn(impatient)])
          first = (first + turn) % addresses.length
          return answer
        } catch (error) {
          failure = error
        }
      }
      if (performance.now() > deadline) throw new Error(`no node could be asked for ${what}`, { cause: failure })
      await sleep(50)
    }
  }

  const metadata = (topics: string[] | null) =>
    ask('metadata', (connection) => metadataV12.api.async(connection, topics as string[], false))

  async function partitionOf(topic: string, partition: number) {
    const { topics } = await metadata([topic])
    const found = topics[0]?.partitions.find(({ partitionIndex }) => partitionIndex === partition)
    if (found === undefined) throw new Error(`there is no partition ${topic}-${partition}`)
    return found
  }

  const livingNodes = async () => (await metadata([])).brokers.map(({ nodeId }) => nodeId).sort()
  const acl = (kind: RightKind, principal: string) =>
    ({ resourceType: KINDS[kind], resourcePatternType: LITERAL, principal, host: '*', permissionType: ALLOW }) as const

  const noWriting = (user: string, topic: string) =>
    ({
      ...acl('topics', `User:${user}`),
      resourceName: topic,
      operation: WRITE,
      permissionType: DENY,
    }) as const

  return {
    leaderOf: (topic, partition) =>
      waitFor(
        async () => {
          const { leaderId } = await partitionOf(topic, partition)
          return leaderId >= 0 && leaderId
        },
        { what: `a leader of ${topic}-${partition}` },
      ),
    replicasOf: async (topic, partition) => (await partitionOf(topic, partition)).replicaNodes,
    controller: () =>
      waitFor(
        async () => {
          const topics = [{ topicName: CLUSTER_METADATA, partitions: [{ partitionIndex: 0 }] }]
          const quorum = await ask('the quorum', (connection) => describeQuorumV2.api.async(connection, topics))
          const { leaderId } = quorum.topics[0]!.partitions[0]!
          return leaderId > 0 && leaderId
        },
        { what: 'an active controller' },
      ),
    coordinatorOf: (kind, key) =>
      waitFor(
        async () => {
          const { coordinators } = await ask(`the coordinator of ${key}`, (connection) =>
            findCoordinatorV6.api.async(connection, kind === 'group' ? 0 : 1, [key]),
          )
          return coordinators[0]!.errorCode === 0 && coordinators[0]!.nodeId
        },
        { what: `a coordinator of ${key}` },
      ),
    livingNodes,
    untilNodes: async (count) =>
      void (await waitFor(async () => (await livingNodes()).length === count, {
        what: `${count} brokers`,
        timeoutMs: 60_000,
      })),
    untilInSync: async (timeoutMs = 60_000) =>
      void (await waitFor(
        async () => {
          const { topics } = await metadata(null)
          return topics.every(({ partitions }) =>
            partitions.every(({ isrNodes, replicaNodes }) => isrNodes.length === replicaNodes.length),
          )
        },
        { what: 'all copies to be in sync', timeoutMs, intervalMs: 100 },
      )),
    async reassign(topic, partition, replicas) {
      const topics = [{ name: topic, partitions: [{ partitionIndex: partition, replicas: [...replicas] }] }]
      await ask('a reassignment', (connection) =>
        alterPartitionReassignmentsV0.api.async(connection, ASK_MS_MAX, true, topics),
      )
    },
    untilReassigned: async (topic, partition, replicas) =>
      void (await waitFor(
        async () => {
          const { replicaNodes, isrNodes } = await partitionOf(topic, partition)
          return replicaNodes.join() === replicas.join() && isrNodes.length === replicas.length
        },
        { what: `${topic}-${partition} to lie on ${replicas.join(', ')}`, timeoutMs: 60_000 },
      )),
    electPreferred: () => ask('an election', electPreferredLeaders),
    allow: async (user, kinds = everyKind) =>
      void (await ask('ACLs', (connection) =>
        createAclsV3.api.async(
          connection,
          kinds.map((kind) => ({ ...acl(kind, `User:${user}`), resourceName: '*', operation: ALL })),
        ),
      )),
    disallow: async (user, kinds = everyKind) =>
      void (await ask('ACLs', (connection) =>
        deleteAclsV3.api.async(
          connection,
          kinds.map((kind) => ({ ...acl(kind, `User:${user}`), resourceName: '*', operation: ANY })),
        ),
      )),
    forbidWriting: async (user, topic) =>
      void (await ask('ACLs', (connection) => createAclsV3.api.async(connection, [noWriting(user, topic)]))),
    permitWriting: async (user, topic) =>
      void (await ask('ACLs', (connection) => deleteAclsV3.api.async(connection, [noWriting(user, topic)]))),
    close: () => pool.close(),
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  )
}

/**
 * Sends ElectLeaders version 2 for all partitions, which the wire layer lacks. If a preferred leader can’t lead,
 * another one continues.
 */
function electPreferredLeaders(connection: Connection): Promise<void> {
  const electLeadersKey = 43
  const everyPartition = null
  const encode = (): Writer =>
    Writer.create()
      .appendInt8(0)
      .appendArray(everyPartition, () => {})
      .appendInt32(ASK_MS_MAX)
      .appendTaggedFields()
  const parse = (_correlationId: number, _apiKey: number, _apiVersion: number, reader: Reader): number => {
    reader.readInt32()
    return reader.readInt16()
  }
  return new Promise((resolve, reject) => {
    connection.send(electLeadersKey, 2, encode, parse, true, true, (error, code) => {
      if (error || code !== 0) reject(error ?? new Error(`the election was answered with error ${code}`))
      else resolve()
    })
  })
}
