import type { KafkaClient } from '../../kafka/client.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Log } from '../../streams/log.ts'
import type { RequiredTopic } from '../../streams/platform-topics.ts'
import { archivePartition, type ArchivePartitionOptions } from './archive-partition.ts'
import { archivedEnd, type Archive } from './archive.ts'
import type { ArchivedPartition } from './segment.ts'

/** A partition with fewer new offsets than this waits for more, but no longer than a day. */
const WAITING_OFFSETS_MAX = 1_000
/** Compaction that starts a little early, or a broker's clock that is ahead. */
const COMPACTION_MARGIN_MS = 60_000

/** A partition to archive, and how its topic is kept on the broker. */
export interface ArchiveSource {
  readonly at: ArchivedPartition
  /** How long compaction leaves superseded records alone, in ms; null if the topic is not compacted. */
  readonly compactionLagMs: number | null
}

/** Returns every partition of the platform's topics that exist. */
export async function sourcesOf(client: KafkaClient, wanted: readonly RequiredTopic[]): Promise<ArchiveSource[]> {
  const described = await client.describeTopics(wanted.map(({ name }) => name))
  const configs = new Map(wanted.map((topic) => [topic.name, topic.configs]))
  return described.flatMap(({ name, topicId, partitionCount }) => {
    const { 'cleanup.policy': policy, 'min.compaction.lag.ms': lag = '0' } = configs.get(name)!
    const compactionLagMs = policy === 'compact' ? Number(lag) : null
    return Array.from({ length: partitionCount }, (_, partition) => ({
      at: { topic: name, topicId, partition },
      compactionLagMs,
    }))
  })
}

export interface ArchiveSourceOptions extends Pick<
  ArchivePartitionOptions,
  'client' | 'store' | 'isDropped' | 'signal' | 'onSegment'
> {
  readonly archive: Archive
  /** Times, by partition, at which nothing new was found: compaction can't have removed anything in between. */
  readonly caughtUpAt: Map<string, number>
  /** Whether to archive a few records too. */
  readonly everything: boolean
  readonly log: Log
  /** Called with the offsets that retention deleted before they were archived. */
  readonly onLost: (topic: string, offsets: number) => void
}

/** Archives what a partition has beyond the last whole segment. */
export async function archiveSource(
  { at, compactionLagMs }: ArchiveSource,
  options: ArchiveSourceOptions,
): Promise<void> {
  const { client, store, archive, caughtUpAt, everything, isDropped, signal, onSegment, log, onLost } = options
  const ranges = archive.ranges(at)
  const from = archivedEnd(ranges)
  const takenAt = Date.now()
  const end = await client.listOffset(at, 'latest_stable')
  const earliest = await client.listOffset(at, 'earliest')
  const start = Math.max(from ?? 0, earliest)
  const name = `${at.topic}/${at.partition}`
  const sinceAt = Math.max(await lastTakenAt(archive, at), caughtUpAt.get(name) ?? 0)
  if (start >= end) return void caughtUpAt.set(name, takenAt)
  const isSmall = end - start < WAITING_OFFSETS_MAX && takenAt - sinceAt < DAY_MS
  if (!everything && compactionLagMs === null && isSmall) return
  // Once: what is archived now begins behind the gap.
  if (from !== undefined && earliest > from) {
    onLost(at.topic, earliest - from)
    log('error', 'Retention deleted records before they were archived', {
      ...{ topic: at.topic, partition: at.partition, from, to: earliest },
    })
  }
  const lag = compactionLagMs === null ? Infinity : compactionLagMs - COMPACTION_MARGIN_MS
  await archivePartition({
    ...{ client, store, partition: at, from: start, end, takenAt, sinceAt, isDropped, signal, onSegment },
    // Compaction has not touched what came since the last pass, if that is not long ago, or a partition that is new.
    thinned: (first) =>
      Date.now() - sinceAt > lag && !(first?.offsets[0] === 0 && Date.now() - first.timestamps[0]! < lag),
  })
}

/** Returns when the partition was last archived up to its end; a pass that was interrupted does not count. */
async function lastTakenAt(archive: Archive, at: ArchivedPartition): Promise<number> {
  const latest = archive.ranges(at).at(-1)
  if (latest === undefined) return 0
  const { end, passEnd, takenAt, sinceAt } = await archive.manifest(latest)
  return end >= passEnd ? takenAt : sinceAt
}
