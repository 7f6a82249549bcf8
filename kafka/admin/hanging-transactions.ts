import { describeTransactionsV0 } from '@platformatic/kafka'
import type { TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaError } from '../errors.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'
import { findOpenPartitions } from './open-partitions.ts'
import type { ProducerIdentity } from '../producer/producer-identity.ts'
import type { CallDefaults, TransactionRequests } from '../producer/transaction-requests.ts'

/**
 * A broker that crashes between accepting a commit and writing its markers writes them when it returns. A single-node
 * broker (Apache Kafka 4.3.1, KRaft) may look up the partitions before it knows their leaders again: it assumes that
 * they were deleted, skips their markers and completes the transaction. Read-committed consumers then wait for it
 * indefinitely. The remedy is another transaction of the same producer over the same partitions, ended with the outcome
 * of the first: its markers end both.
 */
export interface HangingTransactions {
  /**
   * Returns the outcome decided for the id’s last transaction. Call it before taking over the id: after that the
   * coordinator no longer knows it.
   */
  lastDecision(): Promise<Decision>
  /**
   * Ends the transactions that still hang in the given topics. Called by the id's new owner, with no transaction open.
   */
  end(producer: ProducerIdentity, decision: Decision): Promise<void>
}

export interface Decision {
  /** `undefined` if no broker remembers it. */
  readonly outcome: 'commit' | 'abort' | undefined
  /** `undefined` if the id is new. */
  readonly producerId: bigint | undefined
}

export interface WrittenTo {
  readonly topics: readonly string[]
  readonly groupId?: string
}

/**
 * Outcome by coordinator state. A takeover aborts an open transaction, and the markers of that abort may be skipped
 * too.
 */
const outcomes: Readonly<Record<string, 'commit' | 'abort'>> = {
  PrepareCommit: 'commit',
  CompleteCommit: 'commit',
  Ongoing: 'abort',
  PrepareAbort: 'abort',
  CompleteAbort: 'abort',
  PrepareEpochFence: 'abort',
}

export function createHangingTransactions(
  cluster: Cluster,
  transactionalId: string,
  defaults: CallDefaults,
  requests: TransactionRequests,
  writtenTo: WrittenTo,
): HangingTransactions {
  const find = (producerId: bigint) =>
    findOpenPartitions(cluster, { producerId, transactionalId, topics: writtenTo.topics, call: defaults })

  const findWithRetries = (producerId: bigint) =>
    retry(() => find(producerId), { deadline: deadlineIn(cluster.requestTimeoutMs) })

  /** Waits for the markers, which are written after EndTxn has been answered. */
  async function waitUntilGone(producerId: bigint): Promise<void> {
    const look = async () => {
      const left = await find(producerId)
      if (left.length > 0) throw hangs(left, 'its markers are still awaited', 'retriable')
    }
    await retry(look, { deadline: deadlineIn(cluster.requestTimeoutMs) })
  }

  function hangs(partitions: readonly TopicPartition[], why: string, kind: 'retriable' | 'fatal'): KafkaError {
    const where = partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(', ')
    const advice = 'If it stays so, end it with kafka-transactions.sh (find-hanging, abort)'
    return new KafkaError(
      `A transaction of ${transactionalId} hangs in ${where}: ${why}. ${advice}`,
      'HANGING_TRANSACTION',
      kind,
    )
  }

  return {
    async lastDecision() {
      const call = {
        ...defaults,
        retryMs: cluster.requestTimeoutMs,
        where: `DescribeTransactions of ${transactionalId}`,
      }
      try {
        const answer = await cluster.callCoordinator('transaction', transactionalId, call, (connection) =>
          describeTransactionsV0.api.async(connection, [transactionalId]),
        )
        const state = answer.transactionStates[0]!
        return { outcome: outcomes[state.transactionState], producerId: state.producerId }
      } catch (error) {
        if (error instanceof KafkaError && error.code === 'TRANSACTIONAL_ID_NOT_FOUND')
          return { outcome: undefined, producerId: undefined }
        throw error
      }
    },
    async end(producer, { outcome, producerId }) {
      if (producerId === undefined) return
      const hanging = await findWithRetries(producerId)
      if (hanging.length === 0) return
      if (outcome === undefined)
        throw hangs(hanging, 'its decided outcome, commit or abort, is no longer known', 'fatal')
      if (producerId !== producer.producerId) throw hangs(hanging, 'its producer id has been replaced since', 'fatal')
      await requests.addPartitions(producer, hanging)
      if (writtenTo.groupId !== undefined) await requests.addOffsets(producer, writtenTo.groupId)
      // In version 2 only records add partitions, and there are none to write here. Each transaction may use a
      // different version.
      await requests.end(producer, outcome, 1, cluster.requestTimeoutMs)
      await waitUntilGone(producerId)
    },
  }
}
