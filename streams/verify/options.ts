import type { KafkaClient } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { GlobalsHistory } from '../settings/globals-history.ts'
import type { Naming } from '../naming.ts'

/** Transactions that began from `from` (inclusive) to `to` (exclusive), in ms since the epoch. */
export interface PastSpan {
  readonly from: number
  readonly to: number
  /** Returns an offset before every record of a partition that was written at this time or later. */
  offsetBefore(topic: string, partition: number, time: number): Promise<number | 'earliest'>
  /** Returns the offset of a changelog before which records may be missing. */
  completeFrom(changelog: string, partition: number): Promise<number>
}

export interface VerifyOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  /** All processors that were running: they divide the forwarding of misplaced records among them. */
  readonly processors: readonly Processor[]
  /** Partitions to verify; default: all. */
  readonly partitions?: readonly number[]
  readonly partitionCountOf: (topic: string) => number
  readonly topicIdOf: (topic: string) => string
  /** Returns the history of the globals up to now. */
  readonly globals: () => Promise<GlobalsHistory>
  /**
   * Trusts the current state and verifies what the tasks do until this promise resolves. Default: verifies everything
   * since the first transaction.
   */
  readonly recent?: () => Promise<void>
  /** A span of the past to verify, with the state before it trusted. */
  readonly past?: PastSpan
  /** Returns the offset of a changelog up to which the state is trusted; 0: none is. Default: none is. */
  readonly trustedUntil?: (changelog: string, partition: number) => Promise<number>
  /** Temporary folder for states, which may be larger than memory. It is emptied afterwards. */
  readonly directory: string
  /** Aborts the verification with an error. */
  readonly signal: AbortSignal
  readonly log: (line: string) => void
}
