import type { Cluster } from '../cluster/cluster.ts'
import { alterConfigs, topicConfigs } from './config-requests.ts'
import { KafkaError } from '../errors.ts'
import { createTopics, describeTopics, findTopics, waitForLeaders } from './topic-requests.ts'
import type { TopicLayout } from './topic-requests.ts'

export interface TopicSpecification {
  readonly name: string
  readonly partitions: number
  /** Applies to new topics only. Default: the broker's `default.replication.factor`. */
  readonly replicationFactor?: number
  /**
   * `min.insync.replicas`: how many replicas must have a record before it counts as written. On an existing topic the
   * setting is raised, never lowered, and only if the topic has that many replicas; otherwise it would accept no
   * records.
   */
  readonly minInSyncReplicas?: number
  /**
   * Topic settings by Kafka's names, as in `{ 'cleanup.policy': 'compact' }`. Settings not named here are left
   * unchanged.
   */
  readonly configs?: Readonly<Record<string, string>>
}

export interface EnsuredTopics {
  readonly created: readonly string[]
  /** Existing topics whose settings were changed. */
  readonly altered: readonly string[]
  /** Existing topics with fewer replicas than requested; only a partition reassignment can add more. */
  readonly underReplicated: readonly { readonly name: string; readonly copies: number }[]
}

/** Number of replicas of each topic. */
type Copies = ReadonlyMap<string, number>

const MIN_IN_SYNC = 'min.insync.replicas'

/**
 * Creates missing topics and updates settings. Rejects if a topic exists with another partition count, since its keys
 * would map to other partitions.
 */
export async function ensureTopics(cluster: Cluster, topics: readonly TopicSpecification[]): Promise<EnsuredTopics> {
  const found = await findTopics(
    cluster,
    topics.map(({ name }) => name),
  )
  checkPartitionCounts(topics, found)
  const copies = new Map(found.map((layout) => [layout.name, layout.copies]))
  const missing = topics.filter(({ name }) => !copies.has(name))
  // Another process, or an earlier attempt whose answer was lost, may have created them: the same checks apply.
  const existing = new Set(await create(cluster, missing))
  const appeared = await describeTopics(cluster, [...existing])
  checkPartitionCounts(topics, appeared)
  for (const layout of appeared) copies.set(layout.name, layout.copies)
  const known = topics.filter(({ name }) => copies.has(name))
  const underReplicated = known.flatMap(({ name, replicationFactor = 1 }) =>
    copies.get(name)! < replicationFactor ? [{ name, copies: copies.get(name)! }] : [],
  )
  const created = missing.filter(({ name }) => !existing.has(name)).map(({ name }) => name)
  return { created, altered: await adaptSettings(cluster, known, copies), underReplicated }
}

/** Creates the topics; returns the names of those that already existed. */
async function create(cluster: Cluster, missing: readonly TopicSpecification[]): Promise<readonly string[]> {
  const topics = missing.map(({ name, partitions, replicationFactor = -1, minInSyncReplicas = 1, configs = {} }) => ({
    name,
    partitions,
    replicationFactor,
    configs: minInSyncReplicas > 1 ? { ...configs, [MIN_IN_SYNC]: String(minInSyncReplicas) } : configs,
  }))
  const existing = await createTopics(cluster, topics)
  await waitForLeaders(
    cluster,
    missing.map(({ name }) => name),
  )
  return existing
}

/** Throws if one of the found topics has another partition count than specified. */
function checkPartitionCounts(topics: readonly TopicSpecification[], found: readonly TopicLayout[]): void {
  const layouts = new Map(found.map((layout) => [layout.name, layout]))
  const wrong = topics.filter(({ name, partitions }) => {
    const layout = layouts.get(name)
    return layout !== undefined && layout.partitionCount !== partitions
  })
  if (wrong.length > 0) throw partitionCountDiffers(wrong, layouts)
}

/** Returns the names of the topics whose settings it changed. */
async function adaptSettings(
  cluster: Cluster,
  topics: readonly TopicSpecification[],
  copies: Copies,
): Promise<string[]> {
  const minInSyncOf = ({ name, minInSyncReplicas = 1 }: TopicSpecification) =>
    copies.get(name)! >= minInSyncReplicas ? minInSyncReplicas : 1
  const wanted = topics.filter((topic) => Object.keys(topic.configs ?? {}).length > 0 || minInSyncOf(topic) > 1)
  if (wanted.length === 0) return []
  const current = await topicConfigs(
    cluster,
    wanted.map(({ name }) => name),
  )
  const changes = new Map<string, Record<string, string>>()
  for (const topic of wanted) {
    const now = current.get(topic.name)!
    const isTooLow = Number(now.get(MIN_IN_SYNC)) < minInSyncOf(topic)
    const configs = { ...topic.configs, ...(isTooLow && { [MIN_IN_SYNC]: String(minInSyncOf(topic)) }) }
    const differing = Object.entries(configs).filter(([key, value]) => now.get(key) !== value)
    if (differing.length > 0) changes.set(topic.name, Object.fromEntries(differing))
  }
  if (changes.size > 0) await alterConfigs(cluster, changes)
  return [...changes.keys()]
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
