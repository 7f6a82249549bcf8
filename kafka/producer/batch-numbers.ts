import { ProducerFencedError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import { sequenceAfter } from './send-queue.ts'

/** Producer id, epoch and sequence numbers of one partition’s batches, outside of transactions. */
export interface BatchNumbers {
  /** `undefined` before `begin`, or once its epochs are used up. */
  readonly identity: ProducerIdentity | undefined
  /** Starts at sequence 0 under this identity. */
  begin(identity: ProducerIdentity): void
  /** Returns the sequence number of a batch with this many records. */
  take(count: number): number
  /**
   * Starts at sequence 0 under the next epoch, after an error. Once the broker has seen that epoch, it rejects late
   * requests of the previous one.
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
