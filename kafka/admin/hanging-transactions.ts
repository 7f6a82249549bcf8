import type { TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'
import { HangingTransactionError, KafkaError } from '../errors.ts'
import { describeTransaction, type DescribedTransaction } from '../producer/describe-transaction.ts'
import type { Outcome } from '../producer/end-transaction-request.ts'
import type { ProducerIdentity } from '../producer/producer-identity.ts'
import type { CallDefaults } from '../producer/transaction-requests.ts'
import { findOpenPartitions, type OpenPartition } from './open-partitions.ts'
import { partitionOfGroup } from './partition-of-group.ts'
import { writeMarkers } from './write-markers.ts'

/**
 * A broker that crashes between accepting a commit and writing its markers writes them when it returns. A single-node
 * broker (Apache Kafka 4.3.1, KRaft) may look up the partitions before it knows their leaders again: it assumes that
 * they were deleted, skips their markers and completes the transaction. Read-committed consumers then wait for it
 * indefinitely, and the outcome of the producer's next transaction becomes that of the hanging one too. The remedy is to
 * write the missing markers.
 */
export interface HangingTransactions {
  /**
   * Returns the outcome decided for the id’s last transaction; `undefined` if the id is new. Call it before taking over the id: after that the
   * coordinator no longer knows it.
   */
  lastDecision(): Promise<Decision | undefined>
  /**
   * Ends the producer's transactions of epochs below `epoch` that still hang in the given topics. Rejects if there are
   * any and their outcome is not known.
   */
  end(producerId: bigint, outcome: Outcome | undefined, epoch: number): Promise<void>
  /**
   * Waits for the markers of a transaction that was ended under this identity. Resolves with an error if some will never
   * come.
   */
  errorIfHanging(ended: ProducerIdentity): Promise<HangingTransactionError | undefined>
}

export interface Decision {
  /** `undefined` if no broker remembers it. */
  readonly outcome: Outcome | undefined
  /** Whether the transaction is still open: a takeover aborts it. */
  readonly isOpen: boolean
  /** Producer and epoch of the next transaction. */
  readonly producer: ProducerIdentity
}

export interface WrittenTo {
  readonly topics: readonly string[]
  readonly groupId?: string
}

/**
 * Outcome by coordinator state. A takeover aborts an open transaction, and the markers of that abort may be skipped
 * too.
 */
const outcomes: Readonly<Record<string, Outcome>> = {
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
  writtenTo: WrittenTo,
): HangingTransactions {
  async function find(producerId: bigint, epoch: number): Promise<OpenPartition[]> {
    const { topics } = writtenTo
    const open = await findOpenPartitions(cluster, { producerId, transactionalId, topics, call: defaults })
    return open.filter(({ producerEpoch }) => producerEpoch < epoch)
  }

  function describe(): Promise<DescribedTransaction> {
    const call = { ...defaults, retryMs: cluster.requestTimeoutMs, where: `DescribeTransactions of ${transactionalId}` }
    return cluster.callCoordinator('transaction', transactionalId, call, (connection) =>
      describeTransaction(connection, transactionalId),
    )
  }

  const withRetries = <T>(look: () => Promise<T>): Promise<T> =>
    retry(look, { deadline: deadlineIn(cluster.requestTimeoutMs) })

  return {
    async lastDecision() {
      try {
        const { state, producer } = await describe()
        return { outcome: outcomes[state], isOpen: state === 'Ongoing', producer }
      } catch (error) {
        if (error instanceof KafkaError && error.code === 'TRANSACTIONAL_ID_NOT_FOUND') return undefined
        throw error
      }
    },
    end: (producerId, outcome, epoch) =>
      withRetries(async () => {
        const hanging = await find(producerId, epoch)
        if (hanging.length === 0) return
        if (outcome === undefined) throw outcomeUnknown(transactionalId, hanging)
        const partitions = [...hanging, ...(await partitionsOfGroup(cluster, writtenTo.groupId, hanging))]
        const where = `WriteTxnMarkers for the hanging transaction of ${transactionalId}, which needs Alter on the cluster`
        await writeMarkers(cluster, { producerId, outcome, partitions }, { ...defaults, where })
      }),
    errorIfHanging: ({ producerId, producerEpoch }) =>
      withRetries(async () => {
        if ((await find(producerId, producerEpoch + 1)).length === 0) return undefined
        if ((await describe()).isEnding) throw markersAwaited(transactionalId)
        // The last markers may have been written between the two answers.
        const hanging = await find(producerId, producerEpoch + 1)
        return hanging.length > 0 ? hangs(transactionalId, hanging) : undefined
      }),
  }
}

/**
 * Returns the partition that holds the group's offsets. It always gets a marker, since few may read that topic to see
 * whether the transaction is open there; where it is not, the marker has no effect.
 */
async function partitionsOfGroup(
  cluster: Cluster,
  groupId: string | undefined,
  [first]: readonly OpenPartition[],
): Promise<OpenPartition[]> {
  if (groupId === undefined) return []
  const topic = '__consumer_offsets'
  // Missing in a cluster whose groups have never committed an offset.
  const [found] = await cluster.refresh([topic])
  if (found === undefined) return []
  const partition = partitionOfGroup(groupId, found.leaders.length)
  return [{ ...first!, topic, partition, nodeId: found.leaders[partition]!.nodeId }]
}

function hangs(transactionalId: string, partitions: readonly TopicPartition[]): HangingTransactionError {
  const message = `A crashed broker has left the last transaction of ${transactionalId} hanging in ${placesOf(partitions)}. The next producer of this id ends it`
  return new HangingTransactionError(message, 'HANGING_TRANSACTION', 'fatal')
}

function outcomeUnknown(transactionalId: string, partitions: readonly TopicPartition[]): KafkaError {
  const message = `A transaction of ${transactionalId} hangs in ${placesOf(partitions)}: its decided outcome, commit or abort, is no longer known. End it with kafka-transactions.sh (find-hanging, abort)`
  return new KafkaError(message, 'HANGING_TRANSACTION', 'fatal')
}

function markersAwaited(transactionalId: string): KafkaError {
  const message = `The markers of the last transaction of ${transactionalId} are not written yet. It is retried`
  return new KafkaError(message, 'CONCURRENT_TRANSACTIONS', 'retriable')
}

function placesOf(partitions: readonly TopicPartition[]): string {
  return partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(', ')
}
