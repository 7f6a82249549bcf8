import type { Processor } from '../processors/processor.ts'
import { DAY_MS, HOUR_MS } from '../schemas/durations.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Naming } from './naming.ts'

/** Required configuration of a topic on the broker. */
export interface RequiredTopic {
  readonly name: string
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
}

/** How long a changelog keeps tombstones. An older local checkpoint is discarded, since it may have missed some. */
export const CHANGELOG_DELETE_RETENTION_MS = DAY_MS
/**
 * How long compaction leaves superseded records alone. A backup copies the compacted topics as of its cut, and must be
 * done with them by then.
 */
export const COMPACTION_LAG_MS = HOUR_MS
/**
 * Events are limited to 1 MiB. Larger records are accepted up to this size, so that they become dead letters with a
 * cause.
 */
const RECORD_BYTES_MAX = 8 << 20

const COMPACTED = { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': String(COMPACTION_LAG_MS) }

export interface PlatformTopics {
  readonly topics: readonly Topic[]
  /** Processors, each of which has a changelog. */
  readonly processors: readonly Processor[]
  /** Partition count of keyed topics and changelogs. */
  readonly partitions: number
}

/** Returns every topic of a deployment with its required configuration. */
export function platformTopics(naming: Naming, { topics, processors, partitions }: PlatformTopics): RequiredTopic[] {
  return [
    ...topics.map((topic) => ({
      name: naming.topic(topic),
      partitions: topic.role === 'global' ? 1 : partitions,
      configs: configsOf(topic),
    })),
    { name: naming.deployment(), partitions: 1, configs: COMPACTED },
    ...processors.map((processor) => ({
      name: naming.changelog(processor),
      partitions,
      configs: {
        ...COMPACTED,
        'delete.retention.ms': String(CHANGELOG_DELETE_RETENTION_MS),
        'max.message.bytes': String(RECORD_BYTES_MAX + 65_536),
      },
    })),
  ]
}

function configsOf({ retention }: Topic): Record<string, string> {
  const size = { 'max.message.bytes': String(RECORD_BYTES_MAX + 65_536) }
  if (retention === 'compacted') return { ...size, ...COMPACTED }
  const keptMs = String(retention.days * DAY_MS)
  if (retention.keepsLatest === true) return { ...size, 'cleanup.policy': 'compact', 'min.compaction.lag.ms': keptMs }
  return { ...size, 'cleanup.policy': 'delete', 'retention.ms': keptMs }
}
