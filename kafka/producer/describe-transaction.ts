import { describeTransactionsV0 } from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import type { ProducerIdentity } from './producer-identity.ts'

/** The last transaction of an id, according to its coordinator. */
export interface DescribedTransaction {
  /** State of the coordinator, such as `Ongoing` or `CompleteCommit`. */
  readonly state: string
  /** Whether it is decided and its markers are still being written. */
  readonly isEnding: boolean
  /** Producer and epoch of the next transaction, or of the open one. */
  readonly producer: ProducerIdentity
}

export async function describeTransaction(
  connection: Connection,
  transactionalId: string,
): Promise<DescribedTransaction> {
  const { transactionStates } = await describeTransactionsV0.api.async(connection, [transactionalId])
  const { transactionState: state, producerId, producerEpoch } = transactionStates[0]!
  return { state, isEnding: state.startsWith('Prepare'), producer: { producerId, producerEpoch } }
}
