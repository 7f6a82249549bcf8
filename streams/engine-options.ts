import type { KafkaClient } from '../kafka/client.ts'
import type { Model, Processor } from '../processors/processor.ts'
import type { Release } from '../schemas/models/releases.ts'
import type { Registry } from '../schemas/release/registry.ts'
import type { Log } from './log.ts'
import type { StreamMetrics } from './metrics.ts'
import type { FailPoint } from './task/fail-point.ts'
import type { Naming } from './naming.ts'

export interface EngineOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processors: readonly Processor[]
  /** Builds a model from the release's artefact. */
  readonly loadModel: (release: Release) => Model
  /**
   * Folder of the local state. Processes may share it: a task's folder belongs to the process that fenced the task
   * last.
   */
  readonly stateDirectory: string
  readonly log: Log
  readonly metrics?: StreamMetrics
  /** Called once if the engine cannot continue; the process should end with an error. */
  readonly onFatal: (error: Error) => void
  /** Recreated topics that may be read from their beginning (`streams/input/replaced-topics.ts`). */
  readonly acceptedTopics?: ReadonlySet<string>
  readonly tuning?: Partial<EngineTuning>
  /** Name of this process among the members of its consumer groups; default: host and process id. */
  readonly processName?: string
  /** Called at each fail point: fault campaigns kill the process there. */
  readonly atPoint?: (point: FailPoint) => void
}

export interface EngineTuning {
  /**
   * Shortest time between two commits of a task, unless a transaction is full or its processor has a `commitWithinMs`.
   */
  readonly commitIntervalMs: number
  /**
   * Commit rate beyond which the engine's tasks take turns. Processors with a `commitWithinMs` up to the commit interval
   * are exempt.
   */
  readonly commitsPerSecondMax: number
  readonly checkpointIntervalMs: number
  readonly unflushedBytesMax: number
  /** Limits on the records and bytes of one transaction. */
  readonly recordsMax: number
  readonly bytesMax: number
  /** Decoded state records that each task may cache in memory. */
  readonly cachedRecordsMax: number
  /** Bytes fetched ahead per processor. */
  readonly bufferedBytesMax: number
  readonly sessionTimeoutMs: number
  /** Standby copies of each task's state, kept by other processes. */
  readonly standbyReplicas: number
}

export const defaultTuning: EngineTuning = {
  commitIntervalMs: 100,
  commitsPerSecondMax: 200,
  checkpointIntervalMs: 30_000,
  unflushedBytesMax: 32 << 20,
  recordsMax: 20_000,
  bytesMax: 8 << 20,
  cachedRecordsMax: 20_000,
  bufferedBytesMax: 8 << 20,
  sessionTimeoutMs: 10_000,
  standbyReplicas: 0,
}
