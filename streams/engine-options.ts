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
  /** Turns a release into a model, from its artefact. */
  readonly loadModel: (release: Release) => Model
  /**
   * Folder of the local state. Two processes may share it; a task’s folder belongs to the process that fenced it last.
   */
  readonly stateDirectory: string
  readonly log: Log
  readonly metrics?: StreamMetrics
  /** The engine can't go on; the process should end with an error. Called once. */
  readonly onFatal: (error: Error) => void
  /** Topics that were recreated and are to be read from their beginning (`streams/input/replaced-topics.ts`). */
  readonly acceptedTopics?: ReadonlySet<string>
  readonly tuning?: Partial<EngineTuning>
  /** Names this process among those of the groups; default: host and process id. */
  readonly processName?: string
  /** Called at each fail point: fault campaigns kill the process there. */
  readonly atPoint?: (point: FailPoint) => void
}

export interface EngineTuning {
  /** A task commits at most once in so many, unless a transaction is full. */
  readonly commitIntervalMs: number
  /** Beyond so many the tasks of the engine take turns; those of processors with a `commitWithinMs` don't. */
  readonly commitsPerSecondMax: number
  readonly checkpointIntervalMs: number
  readonly unflushedBytesMax: number
  /** A transaction takes no more records and bytes than these. */
  readonly recordsMax: number
  readonly bytesMax: number
  /** Decoded state records that each task may keep in memory. */
  readonly cachedRecordsMax: number
  /** Bytes fetched ahead, for each processor. */
  readonly bufferedBytesMax: number
  readonly sessionTimeoutMs: number
  /** Copies of each task's state that other processes keep. */
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
