import type { KafkaClient } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { GlobalsHistory } from '../settings/globals-history.ts'
import type { Naming } from '../naming.ts'

export interface VerifyOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  /** All that were at work: they share the sending on of misplaced records. */
  readonly processors: readonly Processor[]
  /** Default: all of them. */
  readonly partitions?: readonly number[]
  readonly partitionCountOf: (topic: string) => number
  readonly topicIdOf: (topic: string) => string
  /** As they are by now. */
  readonly globals: () => Promise<GlobalsHistory>
  /**
   * Takes the state as it is now for right, and verifies what the tasks do until this resolves. Default: everything
   * from the first transaction on.
   */
  readonly recent?: () => Promise<void>
  /** For the states, which may be larger than memory; nothing stays there. */
  readonly directory: string
  /** Ends it early, with an error. */
  readonly signal: AbortSignal
  readonly log: (line: string) => void
}
