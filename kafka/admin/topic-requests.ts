import { createTopicsV7, deleteTopicsV6, metadataV12 } from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import type { Cluster } from '../cluster/cluster.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'
import { errorOfCode, KafkaError } from '../errors.ts'
import { partialResponse } from './partial-response.ts'

/**
 * Requests about topics. All are idempotent, so they can go to any broker (which forwards them to the controller where
 * needed), and they are retried until the client’s request time-out.
 */

export interface NewTopic {
  readonly name: string
  readonly partitions: number
  /** -1 for the broker's `default.replication.factor`. */
  readonly replicationFactor: number
  readonly configs: Readonly<Record<string, string>>
}

export interface TopicLayout {
  readonly name: string
  readonly partitionCount: number
  /** Number of replicas of the partition that has the fewest. */
  readonly copies: number
}

const NOTHING_WRONG = 0
const UNKNOWN_TOPIC_OR_PARTITION = 3
const LEADER_NOT_AVAILABLE = 5
const TOPIC_ALREADY_EXISTS = 36
/** How long a broker may wait for its controller or replicas; the answer itself may take a little longer. */
const WORK_TIMEOUT_MS = 8_000

export async function listTopics(cluster: Cluster): Promise<string[]> {
  return (await requestTopics(cluster, null)).flatMap(({ name }) => name ?? [])
}

/** Describes the topics; waits for those that the broker does not know yet. */
export async function describeTopics(cluster: Cluster, names: readonly string[]): Promise<TopicLayout[]> {
  if (names.length === 0) return []
  return untilDone(cluster, async () => (await requestTopics(cluster, names)).map(layoutOf))
}

/** Describes those of the topics that the broker knows. */
export async function findTopics(cluster: Cluster, names: readonly string[]): Promise<TopicLayout[]> {
  if (names.length === 0) return []
  return untilDone(cluster, async () =>
    (await requestTopics(cluster, names))
      .filter(({ errorCode }) => errorCode !== UNKNOWN_TOPIC_OR_PARTITION)
      .map(layoutOf),
  )
}

/** Creates the topics; returns the names of those that already existed. */
export async function createTopics(cluster: Cluster, topics: readonly NewTopic[]): Promise<string[]> {
  if (topics.length === 0) return []
  const wanted = topics.map(({ name, partitions, replicationFactor, configs }) => ({
    name,
    numPartitions: partitions,
    replicationFactor,
    assignments: [],
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  }))
  const request = (connection: Connection) =>
    createTopicsV7.api
      .async(connection, wanted, WORK_TIMEOUT_MS, false)
      .catch(partialResponse<createTopicsV7.CreateTopicsResponse>)
  return untilDone(cluster, async () => {
    const answer = await cluster.callAny({ where: `CreateTopics for ${topics.length} topics` }, request)
    const existing: string[] = []
    for (const { name, errorCode, errorMessage } of answer.topics) {
      if (errorCode === TOPIC_ALREADY_EXISTS) existing.push(name)
      else if (errorCode !== NOTHING_WRONG) throw errorOfCode(errorCode, `Creating ${name}`, errorMessage)
    }
    return existing
  })
}

export async function waitForLeaders(cluster: Cluster, names: readonly string[]): Promise<void> {
  await untilDone(cluster, async () => {
    const topics = await cluster.refresh(names)
    const led = topics.filter(({ leaders }) => leaders.length > 0 && leaders.every(({ nodeId }) => nodeId >= 0))
    const missing = names.find((name) => !led.some((topic) => topic.name === name))
    if (missing !== undefined) throw errorOfCode(LEADER_NOT_AVAILABLE, `Leaders of ${missing}`)
  })
}

/**
 * Deletes the topics; missing ones are ignored. Brokers answer before the deletion has taken effect, so this waits
 * until they no longer list the topics: a caller that recreates one does not find the old one.
 */
export async function deleteTopics(cluster: Cluster, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const wanted = names.map((name) => ({ name, topicId: null }))
  const request = (connection: Connection) =>
    deleteTopicsV6.api
      .async(connection, wanted, WORK_TIMEOUT_MS)
      .catch(partialResponse<deleteTopicsV6.DeleteTopicsResponse>)
  await untilDone(cluster, async () => {
    const answer = await cluster.callAny({ where: `DeleteTopics for ${names.join(', ')}` }, request)
    for (const { name, errorCode, errorMessage } of answer.responses) {
      if (errorCode !== NOTHING_WRONG && errorCode !== UNKNOWN_TOPIC_OR_PARTITION)
        throw errorOfCode(errorCode, `Deleting ${name}`, errorMessage)
    }
  })
  await untilDone(cluster, async () => {
    const [left] = await findTopics(cluster, names)
    if (left) throw new KafkaError(`${left.name} is still being deleted`, 'TOPIC_BEING_DELETED', 'retriable')
  })
}

/** Repeats a request as long as a part of its answer has a retriable error. */
function untilDone<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
  return retry(work, { deadline: deadlineIn(cluster.requestTimeoutMs) })
}

async function requestTopics(
  cluster: Cluster,
  names: readonly string[] | null,
): Promise<metadataV12.MetadataResponse['topics']> {
  const where = `Metadata of ${names?.join(', ') ?? 'all topics'}`
  const answer = await cluster.callAny({ where }, (connection) =>
    metadataV12.api.async(connection, names && [...names], false).catch(partialResponse<metadataV12.MetadataResponse>),
  )
  return answer.topics
}

function layoutOf({ name, errorCode, partitions }: metadataV12.MetadataResponse['topics'][number]): TopicLayout {
  // LEADER_NOT_AVAILABLE is fine: partitions without a leader are listed too.
  if (errorCode !== NOTHING_WRONG && errorCode !== LEADER_NOT_AVAILABLE)
    throw errorOfCode(errorCode, `Metadata of ${name}`)
  const copies = Math.min(...partitions.map(({ replicaNodes }) => replicaNodes.length))
  return { name: name!, partitionCount: partitions.length, copies }
}
