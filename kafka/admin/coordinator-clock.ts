import { describeTransactionsV0 } from '@platformatic/kafka'
import type { Cluster } from '../cluster/cluster.ts'
import { createTransactionRequests } from '../producer/transaction-requests.ts'

/** The clock of one broker, in ms since the epoch. */
export interface CoordinatorClock {
  readonly nodeId: number
  /** The broker's time at some moment between `beforeMs` and `afterMs`. */
  readonly brokerMs: number
  /** This machine's time before and after that moment. */
  readonly beforeMs: number
  readonly afterMs: number
}

const TRANSACTION_TIMEOUT_MS = 10_000
const CHANNEL = 'coordinator-clock'

/**
 * Reads the clock of the coordinator of a transactional id. No request of Kafka's returns the time of a broker, but a
 * coordinator notes when a transaction began. The transaction holds only a group without offsets, and is aborted.
 */
export async function readCoordinatorClock(
  cluster: Cluster,
  transactionalId: string,
  groupId: string,
  nowMs: () => number,
): Promise<CoordinatorClock> {
  const { requestTimeoutMs } = cluster
  const defaults = { channel: CHANNEL, requestTimeoutMs, retryMs: requestTimeoutMs }
  const requests = createTransactionRequests(cluster, transactionalId, defaults)
  const producer = await requests.initProducerId(TRANSACTION_TIMEOUT_MS, requestTimeoutMs)
  const beforeMs = nowMs()
  await requests.addOffsets(producer, groupId)
  const afterMs = nowMs()
  try {
    const call = { channel: CHANNEL, where: `DescribeTransactions of ${transactionalId}` }
    const { transactionStates } = await cluster.callCoordinator('transaction', transactionalId, call, (connection) =>
      describeTransactionsV0.api.async(connection, [transactionalId]),
    )
    const nodeId = await cluster.coordinatorOf('transaction', transactionalId)
    return { nodeId, brokerMs: Number(transactionStates[0]!.transactionStartTimeMs), beforeMs, afterMs }
  } finally {
    await requests.end(producer, 'abort', 1, requestTimeoutMs)
  }
}
