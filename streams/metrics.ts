/** `failed`: it is tried again, and has not worked since. `ended`: it is no longer a task of this process or thread. */
export type TaskState = 'restoring' | 'running' | 'failed' | 'ended'

/** Metrics of the running engine. Every call is cheap and must not throw. */
export interface StreamMetrics {
  transactionCommitted(
    processor: string,
    result: {
      readonly events: number
      readonly scored: number
      readonly messages: number
      readonly durationMs: number
    },
  ): void
  /** Time from the write of a record to the commit of its results, observed for a transaction's oldest record. */
  latency(processor: string, milliseconds: number): void
  deadLettered(processor: string, code: string): void
  duplicatesDropped(processor: string, count: number): void
  /** Counts records about erased people. */
  erasedDropped(processor: string, count: number): void
  forwarded(processor: string, topic: string): void
  taskRestored(
    processor: string,
    partition: number,
    result: { readonly records: number; readonly durationMs: number },
  ): void
  /** Counts offsets that were deleted before they were read. */
  gapFound(reader: string, topic: string, offsets: number): void
  taskFailed(processor: string, partition: number): void
  /** Counts checkpoints that the local disk rejected; the task goes on. */
  checkpointFailed(processor: string, partition: number): void
  /** Counts texts in a script that is nearly missing from the backbone's vocabulary. */
  textsUnread(script: string, count: number): void
  /**
   * Records that wait for a task of this process, and since when the oldest of those fetched was written, in ms since
   * the epoch. 0 records once the task has ended.
   */
  lag(processor: string, partition: number, records: number, waitingSince?: number): void
  /** Lag of a standby copy in changelog records; `undefined` once this process no longer keeps the copy. */
  standbyLag(processor: string, partition: number, records: number | undefined): void
  running(processor: string, tasks: number): void
  /** `reason`: why it failed. `thread`: number of the stream thread, if there are several. */
  taskChanged(processor: string, partition: number, state: TaskState, reason?: string, thread?: number): void
}

const nothing = () => {}

export const noMetrics: StreamMetrics = {
  transactionCommitted: nothing,
  latency: nothing,
  deadLettered: nothing,
  duplicatesDropped: nothing,
  erasedDropped: nothing,
  forwarded: nothing,
  taskRestored: nothing,
  gapFound: nothing,
  taskFailed: nothing,
  checkpointFailed: nothing,
  textsUnread: nothing,
  lag: nothing,
  standbyLag: nothing,
  running: nothing,
  taskChanged: nothing,
}
