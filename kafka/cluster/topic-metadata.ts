import { metadataV12 } from '@platformatic/kafka'
import { partialResponse } from '../admin/partial-response.ts'
import type { Brokers } from './brokers.ts'
import { errorOfCode } from '../errors.ts'

export interface PartitionLeader {
  /** -1 if the partition currently has no leader. */
  readonly nodeId: number
  readonly leaderEpoch: number
}

export interface TopicMetadata {
  readonly name: string
  readonly topicId: string
  /** Indexed by partition number. */
  readonly leaders: readonly PartitionLeader[]
}

/** Cache of topic metadata, each entry kept until it proves stale. */
export interface TopicMetadataCache {
  /**
   * Returns cached metadata, or asks for it. Rejects with UNKNOWN_TOPIC_OR_PARTITION (retriable) if the topic does not
   * exist (yet).
   */
  topic(name: string): Promise<TopicMetadata>
  /** Returns the partition's leader; rejects with LEADER_NOT_AVAILABLE (retriable) if it has none. */
  leaderOf(topic: string, partition: number): Promise<PartitionLeader>
  /** Asks for the metadata of the topics now. Missing topics are left out. */
  refresh(names: readonly string[]): Promise<readonly TopicMetadata[]>
  /** Makes the next look-up of the topic ask the cluster again. */
  invalidate(topic: string): void
}

type TopicAnswer = metadataV12.MetadataResponse['topics'][number]

const UNKNOWN_TOPIC_OR_PARTITION = 3
const LEADER_NOT_AVAILABLE = 5

/** Asks for the metadata of these topics and of all brokers, and updates the broker addresses. */
export async function requestMetadata(
  { addresses, requestAny }: Brokers,
  names: readonly string[],
): Promise<metadataV12.MetadataResponse> {
  const where = `Metadata of ${names.join(', ') || 'the cluster'}`
  const answer = await requestAny(where, (connection) =>
    metadataV12.api.async(connection, [...names], false).catch(partialResponse<metadataV12.MetadataResponse>),
  )
  // An answer without brokers comes from a broker that is still starting, so the former addresses are kept.
  if (answer.brokers.length > 0) {
    addresses.clear()
    for (const { nodeId, host, port } of answer.brokers) addresses.set(nodeId, { host, port })
  }
  return answer
}

export function createTopicMetadataCache(brokers: Brokers): TopicMetadataCache {
  const topics = new Map<string, TopicMetadata>()
  /** Look-ups in flight; concurrent callers for one topic share its request. */
  const lookups = new Map<string, Promise<TopicMetadata>>()

  async function refresh(names: readonly string[]): Promise<readonly TopicMetadata[]> {
    const answer = await requestMetadata(brokers, names)
    const found: TopicMetadata[] = []
    for (const name of names) {
      const given = answer.topics.find((one) => one.name === name)
      if (!given || !exists(given)) {
        topics.delete(name)
        if (given && given.errorCode !== UNKNOWN_TOPIC_OR_PARTITION)
          throw errorOfCode(given.errorCode, `Metadata of ${name}`)
        continue
      }
      const metadata = { name, topicId: given.topicId, leaders: leadersOf(given) }
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

  return {
    topic,
    async leaderOf(name, partition) {
      const { leaders } = await topic(name)
      const leader = leaders[partition]
      if (leader && leader.nodeId >= 0) return leader
      topics.delete(name)
      throw errorOfCode(leader ? LEADER_NOT_AVAILABLE : UNKNOWN_TOPIC_OR_PARTITION, `Leader of ${name}-${partition}`)
    },
    refresh,
    invalidate: (name) => void topics.delete(name),
  }
}

/** Returns whether the topic exists. LEADER_NOT_AVAILABLE is fine: partitions without a leader are listed too. */
function exists({ errorCode }: TopicAnswer): boolean {
  return errorCode === 0 || errorCode === LEADER_NOT_AVAILABLE
}

function leadersOf({ partitions }: TopicAnswer): PartitionLeader[] {
  const leaders: PartitionLeader[] = partitions.map(() => ({ nodeId: -1, leaderEpoch: -1 }))
  for (const { partitionIndex, leaderId, leaderEpoch } of partitions)
    leaders[partitionIndex] = { nodeId: leaderId, leaderEpoch }
  return leaders
}
