import { ProducerFencedError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import { sequenceAfter } from './send-queue.ts'

/** The producer epoch and sequence numbers of one partition’s batches, outside of transactions. */
export interface BatchNumbers {
  /** `undefined`: none was given, or its epochs are spent. */
  readonly identity: ProducerIdentity | undefined
  /** Numbers from 0 on under this identity. */
  begin(identity: ProducerIdentity): void
  /** The sequence number of a batch with this number of records. */
  take(count: number): number
  /**
   * Numbers from 0 on under the next epoch, after an error. Once it has seen that, the broker rejects late requests of
   * the former one.
   */
  nextEpoch(after: KafkaError): void
}

const EPOCH_MAX = 32_767

export function createBatchNumbers(): BatchNumbers {
  let identity: ProducerIdentity | undefined
  let nextSequence = 0

  return {
    get identity() {
      return identity
    },
    begin(given) {
      identity = given
      nextSequence = 0
    },
    take(count) {
      const sequence = nextSequence
      nextSequence = sequenceAfter(sequence, count)
      return sequence
    },
    nextEpoch(after) {
      const spent =
        identity === undefined || identity.producerEpoch >= EPOCH_MAX || after instanceof ProducerFencedError
      identity = spent ? undefined : { ...identity!, producerEpoch: identity!.producerEpoch + 1 }
      nextSequence = 0
    },
  }
}
