import { addOffsetsToTxnV4, addPartitionsToTxnV3, endTxnV4, initProducerIdV5, txnOffsetCommitV4 } from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import type { GroupMetadata, OffsetCommit, TopicPartition } from './client.ts'
import type { Cluster } from './cluster.ts'
import { KafkaError, UnclearCommitError, errorOfWire } from './errors.ts'

/**
 * The requests of a transaction, with the protocol version of each: the only place that chooses it. These versions are
 * the client side of transaction protocol version 0 (KIP-98, KIP-447, KIP-360), which every broker from 2.5 on speaks.
 */
export interface TransactionRequests {
  /** Fences every former owner; `current` instead takes a new epoch only if this producer is still the owner (KIP-360). */
  initProducerId(transactionTimeoutMs: number, retryMs: number, current?: ProducerIdentity): Promise<ProducerIdentity>
  addPartitions(producer: ProducerIdentity, partitions: readonly TopicPartition[]): Promise<void>
  addOffsets(producer: ProducerIdentity, groupId: string): Promise<void>
  commitOffsets(producer: ProducerIdentity, group: GroupMetadata, offsets: readonly OffsetCommit[]): Promise<void>
  /** `UnclearCommitError` where a commit left and no answer told what became of it. */
  end(producer: ProducerIdentity, outcome: 'commit' | 'abort', retryMs: number): Promise<void>
  /** How many requests went out and were never answered: each may still be carried out, however late. */
  readonly unanswered: number
}

export interface ProducerIdentity {
  readonly producerId: bigint
  readonly producerEpoch: number
}

export const nobody: ProducerIdentity = { producerId: -1n, producerEpoch: -1 }

export interface TransactionLane {
  readonly lane: string
  readonly requestTimeoutMs: number
  /** How long retriable errors are retried, where the request doesn't say. */
  readonly retryMs: number
}

export function createTransactionRequests(cluster: Cluster, transactionalId: string, lane: TransactionLane): TransactionRequests {
  let unanswered = 0

  /** Counts the requests that left and were lost; one that found no connection never left. */
  async function counted<T>(request: () => Promise<T>): Promise<T> {
    unanswered++
    try {
      const answer = await request()
      unanswered--
      return answer
    } catch (error) {
      // The wire layer's own errors carry the broker's answer in `response`; all others mean that none came.
      if ((error as { response?: unknown }).response !== undefined) unanswered--
      throw error
    }
  }

  const at = (name: string, retryMs = lane.retryMs) => ({ ...lane, retryMs, where: `${name} of ${transactionalId}` })

  return {
    get unanswered() {
      return unanswered
    },
    initProducerId(transactionTimeoutMs, retryMs, current = nobody) {
      return cluster.callCoordinator('transaction', transactionalId, at('InitProducerId', retryMs), async (connection) => {
        const { producerId, producerEpoch } = current
        return initProducerIdV5.api.async(connection, transactionalId, transactionTimeoutMs, producerId, producerEpoch)
      })
    },
    async addPartitions({ producerId, producerEpoch }, partitions) {
      const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([name, list]) => ({
        name,
        partitions: list.map(({ partition }) => partition),
      }))
      const names = topics.map(({ name }) => name)
      await cluster.callCoordinator(
        'transaction',
        transactionalId,
        at(`AddPartitionsToTxn for ${names.join(', ')}`),
        (connection) =>
          counted(() =>
            addPartitionsToTxnV3.api.async(connection, [
              { transactionalId, producerId, producerEpoch, verifyOnly: false, topics },
            ]),
          ),
      )
    },
    async addOffsets({ producerId, producerEpoch }, groupId) {
      await cluster.callCoordinator('transaction', transactionalId, at(`AddOffsetsToTxn for ${groupId}`), (connection) =>
        counted(() => addOffsetsToTxnV4.api.async(connection, transactionalId, producerId, producerEpoch, groupId)),
      )
    },
    async commitOffsets({ producerId, producerEpoch }, { groupId, generationId, memberId, groupInstanceId }, offsets) {
      const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([name, list]) => ({
        name,
        partitions: list.map(({ partition, offset }) => ({
          partitionIndex: partition,
          committedOffset: BigInt(offset),
          committedLeaderEpoch: -1,
          committedMetadata: null,
        })),
      }))
      await cluster.callCoordinator('group', groupId, at(`TxnOffsetCommit to ${groupId}`), (connection) =>
        counted(() =>
          txnOffsetCommitV4.api.async(
            connection,
            transactionalId,
            groupId,
            producerId,
            producerEpoch,
            generationId,
            memberId,
            groupInstanceId,
            topics,
          ),
        ),
      )
    },
    async end({ producerId, producerEpoch }, outcome, retryMs) {
      const call = at(`EndTxn (${outcome})`, retryMs)
      // A retriable answer leaves doubt too: the coordinator answers so where its own write to the log timed out.
      let inDoubt = false
      const request = async (connection: Connection) => {
        try {
          return await counted(() =>
            endTxnV4.api.async(connection, transactionalId, producerId, producerEpoch, outcome === 'commit'),
          )
        } catch (error) {
          inDoubt ||= errorOfWire(error, call.where).kind === 'retriable'
          throw error
        }
      }
      try {
        await cluster.callCoordinator('transaction', transactionalId, call, request)
      } catch (error) {
        if (outcome === 'abort' || !inDoubt) throw error
        const advice = 'Close this producer, make a new one, and read the log to see'
        const message = `${call.where}: no answer told what became of it, so the transaction may or may not be committed. ${advice}`
        throw new UnclearCommitError(message, 'UNCLEAR_COMMIT', 'fatal', { cause: error })
      }
    },
  }
}

const nothingOpen = new Set(['INVALID_TXN_STATE', 'INVALID_PRODUCER_ID_MAPPING'])

/** The broker holds no open transaction of this producer: it ended it, forgot the producer, or never heard of it. */
export const isNothingOpen = (error: unknown): boolean => error instanceof KafkaError && nothingOpen.has(error.code)
