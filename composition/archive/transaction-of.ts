import type { RecordBatch } from '../../kafka/client.ts'
import type { Transaction } from '../../streams/verify/records.ts'

/** Returns the transaction of a batch: all its records have the time at which it began. */
export function transactionOf({ producerId, producerEpoch, timestamps }: RecordBatch): Transaction {
  return { producerId, producerEpoch, writtenAt: timestamps[0]! }
}

export function isSameTransaction(one: Transaction, other: Transaction): boolean {
  return (
    one.producerId === other.producerId &&
    one.producerEpoch === other.producerEpoch &&
    one.writtenAt === other.writtenAt
  )
}
