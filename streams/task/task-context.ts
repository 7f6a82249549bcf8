import type { Fetcher, GroupMetadata, KafkaClient } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { GlobalsReader } from '../settings/globals.ts'
import type { Health } from '../health.ts'
import type { Log } from '../log.ts'
import type { StreamMetrics } from '../metrics.ts'
import type { StoreShelf } from '../state/store-shelf.ts'
import type { CommitPace } from './commit-pace.ts'
import type { FailPoint } from './fail-point.ts'
import type { Naming } from '../naming.ts'

/** What the tasks of one processor in one process share. */
export interface TaskContext {
  readonly processor: Processor
  /** The processor's inputs, and the clock where it has timers. */
  readonly inputTopics: readonly Topic[]
  readonly client: KafkaClient
  readonly fetcher: Fetcher
  readonly naming: Naming
  readonly registry: Registry
  readonly globals: GlobalsReader
  readonly group: () => GroupMetadata
  readonly partitionCountOf: (topic: string) => number
  /** Topics whose misplaced records this processor sends on. */
  readonly sendsOn: ReadonlySet<Topic>
  readonly changelogId: string
  /** Topics that were recreated and are to be read from their beginning (`streams/input/replaced-topics.ts`). */
  readonly accepted: ReadonlySet<string>
  /** Local stores of this process. */
  readonly shelf: StoreShelf
  readonly log: Log
  readonly health: Health
  readonly metrics: StreamMetrics
  readonly onFatal: (error: Error) => void
  /** Minimum interval between transactions in ms, unless a transaction is full. */
  readonly commitIntervalMs: number
  /** Shared by the tasks of the engine; `undefined`: somebody waits for what this processor publishes. */
  readonly commitPace: CommitPace | undefined
  readonly checkpointIntervalMs: number
  /** Committed bytes in memory after which a checkpoint is due early. */
  readonly unflushedBytesMax: number
  readonly recordsMax: number
  readonly bytesMax: number
  readonly cachedRecordsMax: number
  readonly atPoint?: (point: FailPoint) => void
  /** Longer than the group's session time-out. */
  readonly fencedPauseMs: number
  /** `delete.retention.ms` of the changelog. */
  readonly checkpointAgeMsMax: number
}
