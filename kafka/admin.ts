import kafkajs from 'kafkajs'
import { KafkaError, errorOfCode } from './errors.ts'
import { createKafkajs, kafkajsError } from './kafkajs-client.ts'
import type { KafkajsOptions } from './kafkajs-client.ts'
import { deadlineIn, retry } from './retry.ts'

export interface TopicSpecification {
  readonly name: string
  readonly partitions: number
  /** Default: the broker's `default.replication.factor`. Only a new topic takes it. */
  readonly replicationFactor?: number
  /**
   * So many copies must have a record before it counts as written: `min.insync.replicas`. An existing topic is raised to it, never lowered, and only where
   * it has as many copies: with fewer, it would take no record at all.
   */
  readonly minInSyncReplicas?: number
  /** Kafka's names of topic settings, as in `{ 'cleanup.policy': 'compact' }`. Settings not named here are left as they are. */
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
  /** Records (and control records) still to be read; from the partition's first record on where nothing was committed. */
  readonly lag: number
}

/** Connects when first used. */
export interface Admin {
  /** Creates what is missing, adapts settings, and rejects where a topic has another partition count: keys would move. */
  ensureTopics(topics: readonly TopicSpecification[]): Promise<EnsuredTopics>
  /** Topics that are not there are no error. */
  deleteTopics(names: readonly string[]): Promise<void>
  listTopics(): Promise<readonly string[]>
  groupLag(groupId: string, topics: readonly string[]): Promise<readonly PartitionLag[]>
  /** Deletes every record of the topic that is there now. Compacted topics refuse it unless their policy has `delete` too. */
  purge(topic: string): Promise<void>
  /** Deletes a partition's records before that offset. */
  deleteRecords(topic: string, partition: number, beforeOffset: number): Promise<void>
  close(): Promise<void>
}

const leaderNotAvailable = 5
const MIN_IN_SYNC = 'min.insync.replicas'
const createTimeoutMs = 30_000
const topicResource = kafkajs.ConfigResourceTypes.TOPIC
/** Settings of the topic itself, not inherited from the broker: `DYNAMIC_TOPIC_CONFIG`. */
const ownSetting = kafkajs.ConfigSource.TOPIC_CONFIG

export function createAdmin(options: KafkajsOptions): Admin {
  const admin = createKafkajs(options).admin()

  let connected: Promise<void> | undefined

  async function named<T>(where: string, work: () => Promise<T>): Promise<T> {
    try {
      connected ??= admin.connect()
      await connected.catch((error: unknown) => {
        // Another call may find the brokers back.
        connected = undefined
        throw error
      })
      return await work()
    } catch (error) {
      throw error instanceof KafkaError ? error : kafkajsError(error, where)
    }
  }

  async function create(missing: readonly TopicSpecification[]): Promise<void> {
    if (missing.length === 0) return
    const topics = missing.map(({ name, partitions, replicationFactor, minInSyncReplicas = 1, configs = {} }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor: replicationFactor ?? -1,
      configEntries: entriesOf(minInSyncReplicas > 1 ? { ...configs, [MIN_IN_SYNC]: String(minInSyncReplicas) } : configs),
    }))
    await admin.createTopics({ topics, waitForLeaders: false, timeout: createTimeoutMs })
    await waitForLeaders(missing.map(({ name }) => name))
  }

  /** kafkajs would wait too, but takes a topic that the brokers are still telling each other about for an error. */
  async function waitForLeaders(topics: string[]): Promise<void> {
    const ask = async () => {
      const metadata = await admin.fetchTopicMetadata({ topics }).catch((error: unknown) => {
        throw kafkajsError(error, `Waiting for leaders of ${topics.join(', ')}`)
      })
      const headless = metadata.topics.find(
        ({ partitions }) => partitions.length === 0 || partitions.some(({ leader }) => leader < 0),
      )
      if (headless) throw errorOfCode(leaderNotAvailable, `Creating ${headless.name}`)
    }
    await retry(ask, { deadline: deadlineIn(createTimeoutMs) })
  }

  /** How many copies each topic has; of its partitions the one with the fewest counts. */
  async function checkPartitionCounts(topics: readonly TopicSpecification[]): Promise<ReadonlyMap<string, number>> {
    if (topics.length === 0) return new Map()
    const metadata = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) })
    const counts = new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]))
    const wrong = topics.filter(({ name, partitions }) => counts.get(name) !== partitions)
    if (wrong.length === 0) {
      return new Map(
        metadata.topics.map(({ name, partitions }) => [name, Math.min(...partitions.map(({ replicas }) => replicas.length))]),
      )
    }
    const each = wrong.map(({ name, partitions }) => `${name} has ${counts.get(name)}, not ${partitions}`).join('; ')
    const message = `Partition counts can't be changed under existing keys: ${each}. Configure the count that is there, or delete the topics and their state`
    throw new KafkaError(message, 'PARTITION_COUNT_DIFFERS', 'fatal')
  }

  /** The request replaces all of a topic's own settings, so those that nobody asked to change travel along. */
  async function adaptSettings(topics: readonly TopicSpecification[], copies: ReadonlyMap<string, number>): Promise<string[]> {
    const minInSyncOf = ({ name, minInSyncReplicas = 1 }: TopicSpecification) =>
      copies.get(name)! >= minInSyncReplicas ? minInSyncReplicas : 1
    const wanted = topics.filter((topic) => Object.keys(topic.configs ?? {}).length > 0 || minInSyncOf(topic) > 1)
    if (wanted.length === 0) return []
    const resources = wanted.map(({ name }) => ({ type: topicResource, name }))
    const described = await admin.describeConfigs({ includeSynonyms: false, resources })
    const changed = wanted.flatMap((topic) => {
      const { name } = topic
      const entries = described.resources.find(({ resourceName }) => resourceName === name)?.configEntries ?? []
      const now = new Map(entries.map(({ configName, configValue }) => [configName, configValue]))
      const isTooLow = Number(now.get(MIN_IN_SYNC)) < minInSyncOf(topic)
      const configs = { ...topic.configs, ...(isTooLow ? { [MIN_IN_SYNC]: String(minInSyncOf(topic)) } : {}) }
      if (Object.entries(configs).every(([key, value]) => now.get(key) === value)) return []
      const own = entries
        .filter(({ configSource }) => configSource === ownSetting)
        .map(({ configName, configValue }) => [configName, configValue])
      return [{ type: topicResource, name, configEntries: entriesOf({ ...Object.fromEntries(own), ...configs }) }]
    })
    if (changed.length > 0) await admin.alterConfigs({ validateOnly: false, resources: changed })
    return changed.map(({ name }) => name)
  }

  async function lagOf(groupId: string, topic: string): Promise<PartitionLag[]> {
    const ends = await admin.fetchTopicOffsets(topic)
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
    return ends.map(({ partition, high, low }) => {
      const offset = Number(committed?.partitions.find((entry) => entry.partition === partition)?.offset ?? -1)
      const from = offset >= 0 ? offset : Number(low)
      const endOffset = Number(high)
      return {
        topic,
        partition,
        committedOffset: offset >= 0 ? offset : undefined,
        endOffset,
        lag: Math.max(0, endOffset - from),
      }
    })
  }

  return {
    ensureTopics: (topics) =>
      named(`Ensuring ${topics.length} topics`, async () => {
        const existing = new Set(await admin.listTopics())
        const missing = topics.filter(({ name }) => !existing.has(name))
        const present = topics.filter(({ name }) => existing.has(name))
        const copies = await checkPartitionCounts(present)
        await create(missing)
        const thin = present.flatMap(({ name, replicationFactor = 1 }) =>
          copies.get(name)! < replicationFactor ? [{ name, copies: copies.get(name)! }] : [],
        )
        return { created: missing.map(({ name }) => name), altered: await adaptSettings(present, copies), thin }
      }),
    deleteTopics: (names) =>
      named(`Deleting ${names.join(', ')}`, async () => {
        const existing = new Set(await admin.listTopics())
        const topics = names.filter((name) => existing.has(name))
        if (topics.length > 0) await admin.deleteTopics({ topics, timeout: createTimeoutMs })
      }),
    listTopics: () => named('Listing topics', () => admin.listTopics()),
    groupLag: (groupId, topics) =>
      named(`Lag of ${groupId}`, async () => (await Promise.all(topics.map((topic) => lagOf(groupId, topic)))).flat()),
    purge: (topic) =>
      named(`Purging ${topic}`, async () => {
        const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({ partition, offset: high }))
        await admin.deleteTopicRecords({ topic, partitions })
      }),
    deleteRecords: (topic, partition, beforeOffset) =>
      named(`Deleting records of ${topic}-${partition}`, async () => {
        // kafkajs looks for leaders only in what it has loaded before, as this does.
        await admin.fetchTopicOffsets(topic)
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(beforeOffset) }] })
      }),
    close: () => admin.disconnect(),
  }
}

function entriesOf(configs: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(configs).map(([name, value]) => ({ name, value }))
}
