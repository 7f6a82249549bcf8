import {
  createTopicsV7,
  deleteRecordsV2,
  deleteTopicsV6,
  describeConfigsV4,
  incrementalAlterConfigsV1,
  metadataV12,
} from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import type { TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { errorOfCode } from '../errors.ts'
import { partialAnswer } from './partial-answer.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'

export interface NewTopic {
  readonly name: string
  readonly partitions: number
  /** -1: the broker's `default.replication.factor`. */
  readonly replicationFactor: number
  readonly configs: Readonly<Record<string, string>>
}

export interface TopicLayout {
  readonly name: string
  readonly partitionCount: number
  /** Of the partition that has the fewest. */
  readonly copies: number
}

/**
 * Admin requests. All are idempotent, so they go to any broker that answers (it forwards to the controller what is the
 * controller’s) and are retried until the client’s request time-out.
 */
export interface AdminRequests {
  listTopics(): Promise<string[]>
  /** Waits for topics that a broker does not know yet. */
  describeTopics(names: readonly string[]): Promise<TopicLayout[]>
  /** Resolves to the names of those that were there before. */
  createTopics(topics: readonly NewTopic[]): Promise<string[]>
  waitForLeaders(names: readonly string[]): Promise<void>
  /** Topics that are not there are no error. */
  deleteTopics(names: readonly string[]): Promise<void>
  /** Current settings by topic, including inherited ones. */
  topicConfigs(names: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>>
  /** Changes these settings and leaves the others as they are. */
  alterConfigs(changes: ReadonlyMap<string, Readonly<Record<string, string>>>): Promise<void>
  /** Deletes the records before that offset; -1: all. */
  deleteRecords(partition: TopicPartition, beforeOffset: number): Promise<void>
}

const NOTHING_WRONG = 0
const UNKNOWN_TOPIC_OR_PARTITION = 3
const LEADER_NOT_AVAILABLE = 5
const TOPIC_ALREADY_EXISTS = 36
const TOPIC_RESOURCE = 2
const SET = 0
/** How long a broker may wait for its controller or replicas; its answer may take a little longer. */
const WORK_TIMEOUT_MS = 8_000

export function createAdminRequests(cluster: Cluster): AdminRequests {
  const anywhere = <T>(where: string, request: (connection: Connection) => Promise<T>): Promise<T> =>
    cluster.callAny({ where }, request)

  /** Repeats a request whose answer has a part that may be retried. */
  const untilDone = <T>(work: () => Promise<T>): Promise<T> =>
    retry(work, { deadline: deadlineIn(cluster.requestTimeoutMs) })

  const askTopics = async (names: readonly string[] | null) => {
    const where = `Metadata of ${names?.join(', ') ?? 'all topics'}`
    const request = (connection: Connection) =>
      metadataV12.api.async(connection, names && [...names], false).catch(partialAnswer<metadataV12.MetadataResponse>)
    return (await anywhere(where, request)).topics
  }

  async function leadersNow(names: readonly string[]): Promise<void> {
    const topics = await cluster.refresh(names)
    const led = topics.filter(({ leaders }) => leaders.length > 0 && leaders.every(({ nodeId }) => nodeId >= 0))
    const missing = names.find((name) => !led.some((topic) => topic.name === name))
    if (missing !== undefined) throw errorOfCode(LEADER_NOT_AVAILABLE, `Leaders of ${missing}`)
  }

  return {
    async listTopics() {
      return (await askTopics(null)).flatMap(({ name }) => name ?? [])
    },
    describeTopics: (names) =>
      untilDone(async () => {
        if (names.length === 0) return []
        return (await askTopics(names)).map(({ name, errorCode, partitions }) => {
          // Partitions without a leader are listed too.
          if (errorCode !== NOTHING_WRONG && errorCode !== LEADER_NOT_AVAILABLE)
            throw errorOfCode(errorCode, `Metadata of ${name}`)
          const copies = Math.min(...partitions.map(({ replicaNodes }) => replicaNodes.length))
          return { name: name!, partitionCount: partitions.length, copies }
        })
      }),
    createTopics: (topics) =>
      untilDone(async () => {
        if (topics.length === 0) return []
        const wanted = topics.map(({ name, partitions, replicationFactor, configs }) => ({
          name,
          numPartitions: partitions,
          replicationFactor,
          assignments: [],
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
        }))
        const answer = await anywhere(`CreateTopics for ${topics.length} topics`, (connection) =>
          createTopicsV7.api
            .async(connection, wanted, WORK_TIMEOUT_MS, false)
            .catch(partialAnswer<createTopicsV7.CreateTopicsResponse>),
        )
        const existing: string[] = []
        for (const { name, errorCode, errorMessage } of answer.topics) {
          if (errorCode === TOPIC_ALREADY_EXISTS) existing.push(name)
          else if (errorCode !== NOTHING_WRONG) throw errorOfCode(errorCode, `Creating ${name}`, errorMessage)
        }
        return existing
      }),
    waitForLeaders: (names) => untilDone(() => leadersNow(names)),
    deleteTopics: (names) =>
      untilDone(async () => {
        if (names.length === 0) return
        const wanted = names.map((name) => ({ name, topicId: null }))
        const answer = await anywhere(`DeleteTopics for ${names.join(', ')}`, (connection) =>
          deleteTopicsV6.api
            .async(connection, wanted, WORK_TIMEOUT_MS)
            .catch(partialAnswer<deleteTopicsV6.DeleteTopicsResponse>),
        )
        for (const { name, errorCode, errorMessage } of answer.responses) {
          if (errorCode !== NOTHING_WRONG && errorCode !== UNKNOWN_TOPIC_OR_PARTITION)
            throw errorOfCode(errorCode, `Deleting ${name}`, errorMessage)
        }
      }),
    async topicConfigs(names) {
      const resources = names.map((name) => ({ resourceType: TOPIC_RESOURCE, resourceName: name }) as const)
      const answer = await anywhere(`DescribeConfigs of ${names.length} topics`, (connection) =>
        describeConfigsV4.api.async(connection, resources),
      )
      return new Map(
        answer.results.map(({ resourceName, configs }) => [
          resourceName,
          new Map(configs.map(({ name, value }) => [name, value ?? null])),
        ]),
      )
    },
    async alterConfigs(changes) {
      const resources = [...changes].map(
        ([name, configs]) =>
          ({
            resourceType: TOPIC_RESOURCE,
            resourceName: name,
            configs: Object.entries(configs).map(
              ([key, value]) => ({ name: key, configOperation: SET, value }) as const,
            ),
          }) as const,
      )
      await anywhere(`IncrementalAlterConfigs of ${[...changes.keys()].join(', ')}`, (connection) =>
        incrementalAlterConfigsV1.api.async(connection, resources, false),
      )
    },
    async deleteRecords({ topic, partition }, beforeOffset) {
      const wanted = [{ name: topic, partitions: [{ partitionIndex: partition, offset: BigInt(beforeOffset) }] }]
      const call = { channel: 'admin', where: `DeleteRecords of ${topic}-${partition}` }
      await cluster.callLeader(topic, partition, call, (connection) =>
        deleteRecordsV2.api.async(connection, wanted, WORK_TIMEOUT_MS),
      )
    },
  }
}
