/** Metrics of the engine at work. Every call is cheap and must not throw. */
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
  /** From the write of a record to the commit of its results: one observation per transaction, of its oldest record. */
  latency(processor: string, milliseconds: number): void
  deadLettered(processor: string, code: string): void
  duplicatesDropped(processor: string, count: number): void
  forwarded(processor: string, topic: string): void
  taskRestored(
    processor: string,
    partition: number,
    result: { readonly records: number; readonly durationMs: number },
  ): void
  /** So many offsets of a topic were deleted before they were read. */
  gapFound(reader: string, topic: string, offsets: number): void
  taskFailed(processor: string, partition: number): void
  /** The local disk took no checkpoint; the task goes on. */
  checkpointFailed(processor: string, partition: number): void
  /** So many texts are written in a script of whose words the backbone has hardly any. */
  textsUnread(script: string, count: number): void
  lag(processor: string, partition: number, records: number): void
  /** Changelog records that a standby copy is behind; `undefined`: this process keeps the copy no more. */
  standbyLag(processor: string, partition: number, records: number | undefined): void
  running(processor: string, tasks: number): void
}

const nothing = () => {}

export const noMetrics: StreamMetrics = {
  transactionCommitted: nothing,
  latency: nothing,
  deadLettered: nothing,
  duplicatesDropped: nothing,
  forwarded: nothing,
  taskRestored: nothing,
  gapFound: nothing,
  taskFailed: nothing,
  checkpointFailed: nothing,
  textsUnread: nothing,
  lag: nothing,
  standbyLag: nothing,
  running: nothing,
}
