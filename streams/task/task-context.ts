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

/** Context shared by the tasks of one processor in this process. */
export interface TaskContext {
  readonly processor: Processor
  /** The processor's inputs, with the clock and the topic of forwarded records where it needs them (`inputsOf`). */
  readonly inputTopics: readonly Topic[]
  readonly client: KafkaClient
  readonly fetcher: Fetcher
  readonly naming: Naming
  readonly registry: Registry
  readonly globals: GlobalsReader
  readonly group: () => GroupMetadata
  readonly partitionCountOf: (topic: string) => number
  /** Topics whose misplaced records this processor forwards. */
  readonly forwardedTopics: ReadonlySet<Topic>
  readonly changelogId: string
  /** Recreated topics that may be read from their beginning (`streams/input/replaced-topics.ts`). */
  readonly accepted: ReadonlySet<string>
  /** Local stores of this process. */
  readonly shelf: StoreShelf
  readonly log: Log
  readonly health: Health
  readonly metrics: StreamMetrics
  readonly onFatal: (error: Error) => void
  /** Minimum interval between transactions in ms, unless a transaction is full. */
  readonly commitIntervalMs: number
  /** Commit pace shared by the engine's tasks; `undefined` for a processor whose output is needed at once. */
  readonly commitPace: CommitPace | undefined
  readonly checkpointIntervalMs: number
  /** Committed bytes in memory after which a checkpoint is due early. */
  readonly unflushedBytesMax: number
  readonly recordsMax: number
  readonly bytesMax: number
  readonly cachedRecordsMax: number
  readonly atPoint?: (point: FailPoint) => void
  /** Pause after a lost transactional id; longer than the group's session time-out. */
  readonly fencedPauseMs: number
  /** Maximum age of a usable checkpoint: half the `delete.retention.ms` of the changelog. */
  readonly checkpointAgeMsMax: number
}
