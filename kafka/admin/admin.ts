import { createAdminRequests } from './admin-requests.ts'
import type { TopicLayout } from './admin-requests.ts'
import type { ClientOptions } from '../client.ts'
import { createCluster } from '../cluster/cluster.ts'
import { KafkaError } from '../errors.ts'
import { fetchCommittedOffsets, listOffset } from '../fetcher/offsets.ts'

export interface TopicSpecification {
  readonly name: string
  readonly partitions: number
  /** Default: the broker's `default.replication.factor`. Only a new topic takes it. */
  readonly replicationFactor?: number
  /**
   * `min.insync.replicas`: how many replicas must have a record before it counts as written. An existing topic is
   * raised to it, never lowered, and only if it has that many replicas; otherwise it would accept no records.
   */
  readonly minInSyncReplicas?: number
  /**
   * Kafka's names of topic settings, as in `{ 'cleanup.policy': 'compact' }`. Settings not named here are left as they
   * are.
   */
  readonly configs?: Readonly<Record<string, string>>
}

export interface EnsuredTopics {
  readonly created: readonly string[]
  /** Existing topics whose settings were changed. */
  readonly altered: readonly string[]
  /** Existing topics that have fewer copies than asked for: only a reassignment can mend that. */
  readonly thin: readonly { readonly name: string; readonly copies: number }[]
}

export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  /** `undefined`: the group has never committed here. */
  readonly committedOffset: number | undefined
  readonly endOffset: number
  /**
   * Records (and control records) still to be read; from the partition's first record on where nothing was committed.
   */
  readonly lag: number
}

/** Connects when first used. */
export interface Admin {
  /**
   * Creates what is missing, adapts settings, and rejects where a topic has another partition count: keys would move.
   */
  ensureTopics(topics: readonly TopicSpecification[]): Promise<EnsuredTopics>
  /** Topics that are not there are no error. */
  deleteTopics(names: readonly string[]): Promise<void>
  listTopics(): Promise<readonly string[]>
  groupLag(groupId: string, topics: readonly string[]): Promise<readonly PartitionLag[]>
  /**
   * Deletes every record of the topic that is there now. Compacted topics refuse it unless their policy has `delete`
   * too.
   */
  purge(topic: string): Promise<void>
  /** Deletes a partition's records before that offset. */
  deleteRecords(topic: string, partition: number, beforeOffset: number): Promise<void>
  close(): Promise<void>
}

const MIN_IN_SYNC = 'min.insync.replicas'
const ALL_RECORDS = -1

export function createAdmin(options: ClientOptions): Admin {
  const cluster = createCluster(options)
  const requests = createAdminRequests(cluster)

  async function create(missing: readonly TopicSpecification[]): Promise<readonly string[]> {
    const topics = missing.map(({ name, partitions, replicationFactor = -1, minInSyncReplicas = 1, configs = {} }) => ({
      name,
      partitions,
      replicationFactor,
      configs: minInSyncReplicas > 1 ? { ...configs, [MIN_IN_SYNC]: String(minInSyncReplicas) } : configs,
    }))
    const existing = await requests.createTopics(topics)
    await requests.waitForLeaders(missing.map(({ name }) => name))
    return existing
  }

  /** How many copies each topic has. */
  async function checkPartitionCounts(topics: readonly TopicSpecification[]): Promise<ReadonlyMap<string, number>> {
    const layouts = await requests.describeTopics(topics.map(({ name }) => name))
    const byName = new Map(layouts.map((layout) => [layout.name, layout]))
    const wrong = topics.filter(({ name, partitions }) => byName.get(name)!.partitionCount !== partitions)
    if (wrong.length > 0) throw partitionCountDiffers(wrong, byName)
    return new Map(layouts.map(({ name, copies }) => [name, copies]))
  }

  async function adaptSettings(
    topics: readonly TopicSpecification[],
    copies: ReadonlyMap<string, number>,
  ): Promise<string[]> {
    const minInSyncOf = ({ name, minInSyncReplicas = 1 }: TopicSpecification) =>
      copies.get(name)! >= minInSyncReplicas ? minInSyncReplicas : 1
    const wanted = topics.filter((topic) => Object.keys(topic.configs ?? {}).length > 0 || minInSyncOf(topic) > 1)
    if (wanted.length === 0) return []
    const current = await requests.topicConfigs(wanted.map(({ name }) => name))
    const changes = new Map<string, Record<string, string>>()
    for (const topic of wanted) {
      const now = current.get(topic.name)!
      const isTooLow = Number(now.get(MIN_IN_SYNC)) < minInSyncOf(topic)
      const configs = { ...topic.configs, ...(isTooLow && { [MIN_IN_SYNC]: String(minInSyncOf(topic)) }) }
      const differing = Object.entries(configs).filter(([key, value]) => now.get(key) !== value)
      if (differing.length > 0) changes.set(topic.name, Object.fromEntries(differing))
    }
    if (changes.size > 0) await requests.alterConfigs(changes)
    return [...changes.keys()]
  }

  async function ensureTopics(topics: readonly TopicSpecification[]): Promise<EnsuredTopics> {
    const listed = new Set(await requests.listTopics())
    const missing = topics.filter(({ name }) => !listed.has(name))
    const present = topics.filter(({ name }) => listed.has(name))
    const copies = new Map(await checkPartitionCounts(present))
    // Another process, or a request whose answer came late, may have created them: the same rules apply.
    const existing = new Set(await create(missing))
    const appeared = missing.filter(({ name }) => existing.has(name))
    for (const [name, count] of await checkPartitionCounts(appeared)) copies.set(name, count)
    const known = [...present, ...appeared]
    const thin = known.flatMap(({ name, replicationFactor = 1 }) =>
      copies.get(name)! < replicationFactor ? [{ name, copies: copies.get(name)! }] : [],
    )
    const created = missing.filter(({ name }) => !existing.has(name)).map(({ name }) => name)
    return { created, altered: await adaptSettings(known, copies), thin }
  }

  const partitionsOf = async (topic: string) =>
    (await cluster.topic(topic)).leaders.map((_, partition) => ({ topic, partition }))

  async function lagOf(groupId: string, topic: string): Promise<PartitionLag[]> {
    const partitions = await partitionsOf(topic)
    const committed = await fetchCommittedOffsets(cluster, groupId, partitions, { stable: false })
    return Promise.all(
      partitions.map(async ({ partition }) => {
        const committedOffset = committed.find((each) => each.partition === partition)?.offset
        const endOffset = await listOffset(cluster, { topic, partition }, 'latest')
        const from = committedOffset ?? (await listOffset(cluster, { topic, partition }, 'earliest'))
        return { topic, partition, committedOffset, endOffset, lag: Math.max(0, endOffset - from) }
      }),
    )
  }

  return {
    ensureTopics,
    deleteTopics: (names) => requests.deleteTopics(names),
    listTopics: () => requests.listTopics(),
    groupLag: async (groupId, topics) => (await Promise.all(topics.map((topic) => lagOf(groupId, topic)))).flat(),
    async purge(topic) {
      await Promise.all((await partitionsOf(topic)).map((partition) => requests.deleteRecords(partition, ALL_RECORDS)))
    },
    deleteRecords: (topic, partition, beforeOffset) => requests.deleteRecords({ topic, partition }, beforeOffset),
    close: () => cluster.close(),
  }
}

function partitionCountDiffers(
  topics: readonly TopicSpecification[],
  layouts: ReadonlyMap<string, TopicLayout>,
): KafkaError {
  const each = topics
    .map(({ name, partitions }) => `${name} has ${layouts.get(name)!.partitionCount}, not ${partitions}`)
    .join('; ')
  const message =
    `Partition counts can't be changed under existing keys: ${each}. ` +
    'Configure the count that is there, or delete the topics and their state'
  return new KafkaError(message, 'PARTITION_COUNT_DIFFERS', 'fatal')
}
