import { addOffsetsToTxnV4, addPartitionsToTxnV3, initProducerIdV5 } from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import type { GroupMetadata, OffsetCommit, TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { CallOptions } from '../cluster/node-calls.ts'
import { describeTransaction } from './describe-transaction.ts'
import { endTransaction, endTransactionWithBump } from './end-transaction-request.ts'
import type { Outcome } from './end-transaction-request.ts'
import { KafkaError, UnclearCommitError, errorOfWire } from '../errors.ts'
import { commitOffsetsOf } from '../group/offset-commit-request.ts'
import { NO_PRODUCER } from './producer-identity.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import { finalizedTransactionVersion } from './transaction-version.ts'
import type { TransactionVersion } from './transaction-version.ts'
import { createUnansweredRequests } from './unanswered-requests.ts'

/** The requests of a transaction (KIP-98, KIP-447, KIP-360, KIP-890), retried until a deadline. */
export interface TransactionRequests {
  /** Returns the newest transaction version of the cluster. */
  newestVersion(retryMs: number): Promise<TransactionVersion>
  /**
   * Fences every former owner. With `current`, takes a new epoch only if this producer is still the owner (KIP-360).
   */
  initProducerId(transactionTimeoutMs: number, retryMs: number, current?: ProducerIdentity): Promise<ProducerIdentity>
  addPartitions(producer: ProducerIdentity, partitions: readonly TopicPartition[]): Promise<void>
  addOffsets(producer: ProducerIdentity, groupId: string): Promise<void>
  commitOffsets(
    producer: ProducerIdentity,
    group: GroupMetadata,
    offsets: readonly OffsetCommit[],
    version: TransactionVersion,
  ): Promise<void>
  /**
   * Ends the transaction; resolves with the producer’s identity for the next one, which in version 1 is unchanged.
   * Rejects with `UnclearCommitError` if a commit was sent and never answered.
   */
  end(
    producer: ProducerIdentity,
    outcome: Outcome,
    version: TransactionVersion,
    retryMs: number,
  ): Promise<ProducerIdentity>
  /** Calls `use` with a connection to the coordinator. */
  withCoordinator(use: (connection: Connection) => Promise<void>): Promise<void>
  /**
   * Whether the markers of the last ended transaction are still being written; false if the coordinator does not
   * answer.
   */
  isBeingEnded(): Promise<boolean>
  /** Number of requests that were sent and never answered: each may still be executed, however late. */
  readonly unanswered: number
}

export interface CallDefaults {
  readonly channel: string
  readonly requestTimeoutMs: number
  /** How long retriable errors are retried, unless the request specifies it. */
  readonly retryMs: number
}

type Request<T> = (connection: Connection) => Promise<T>

/** `joins`: awaited before each request that adds something to the transaction, on the connection that will carry it. */
export function createTransactionRequests(
  cluster: Cluster,
  transactionalId: string,
  defaults: CallDefaults,
  joins: (connection: Connection) => Promise<void> | undefined = () => undefined,
): TransactionRequests {
  const unanswered = createUnansweredRequests()

  const at = (name: string, retryMs = defaults.retryMs) => ({
    ...defaults,
    retryMs,
    where: `${name} of ${transactionalId}`,
  })

  const askCoordinator = <T>(call: CallOptions, request: Request<T>): Promise<T> =>
    cluster.callCoordinator('transaction', transactionalId, call, request)

  return {
    get unanswered() {
      return unanswered.count
    },
    newestVersion: (retryMs) => askCoordinator(at('ApiVersions', retryMs), finalizedTransactionVersion),
    withCoordinator: (use) => askCoordinator(at('Markers'), use),
    async isBeingEnded() {
      try {
        const node = await cluster.coordinatorOf('transaction', transactionalId)
        const { isEnding } = await cluster.call(node, at('DescribeTransactions'), (connection) =>
          describeTransaction(connection, transactionalId),
        )
        return isEnding
      } catch {
        return false
      }
    },
    initProducerId: (transactionTimeoutMs, retryMs, { producerId, producerEpoch } = NO_PRODUCER) =>
      askCoordinator(at('InitProducerId', retryMs), (connection) =>
        initProducerIdV5.api.async(connection, transactionalId, transactionTimeoutMs, producerId, producerEpoch),
      ),
    async addPartitions({ producerId, producerEpoch }, partitions) {
      const topics = partitionsByTopic(partitions)
      const names = topics.map(({ name }) => name).join(', ')
      const added = { transactionalId, producerId, producerEpoch, verifyOnly: false, topics }
      await askCoordinator(at(`AddPartitionsToTxn for ${names}`), async (connection) => {
        await joins(connection)
        return unanswered.watch(() => addPartitionsToTxnV3.api.async(connection, [added]))
      })
    },
    async addOffsets({ producerId, producerEpoch }, groupId) {
      await askCoordinator(at(`AddOffsetsToTxn for ${groupId}`), async (connection) => {
        await joins(connection)
        return unanswered.watch(() =>
          addOffsetsToTxnV4.api.async(connection, transactionalId, producerId, producerEpoch, groupId),
        )
      })
    },
    async commitOffsets(producer, group, offsets, version) {
      const call = at(`TxnOffsetCommit to ${group.groupId}`)
      await cluster.callCoordinator('group', group.groupId, call, async (connection) => {
        await joins(connection)
        return unanswered.watch(() => commitOffsetsOf(connection, transactionalId, producer, group, offsets, version))
      })
    },
    end(producer, outcome, version, retryMs) {
      const call = at(`EndTxn (${outcome})`, retryMs)
      const send = version === 2 ? endTransactionWithBump : endTransaction
      const request = (connection: Connection) =>
        unanswered.watch(() => send(connection, transactionalId, producer, outcome))
      return outcome === 'abort' ? askCoordinator(call, request) : sendCommit(call, request, askCoordinator)
    },
  }
}

function partitionsByTopic(partitions: readonly TopicPartition[]): { name: string; partitions: number[] }[] {
  return [...Map.groupBy(partitions, ({ topic }) => topic)].map(([name, list]) => ({
    name,
    partitions: list.map(({ partition }) => partition),
  }))
}

/** Sends a commit. Rejects with `UnclearCommitError` if it was sent and never answered conclusively. */
async function sendCommit<T>(
  call: CallOptions,
  request: Request<T>,
  ask: (call: CallOptions, request: Request<T>) => Promise<T>,
): Promise<T> {
  let inDoubt = false
  try {
    return await ask(call, async (connection) => {
      try {
        return await request(connection)
      } catch (error) {
        // A retriable answer is inconclusive too: the coordinator also gives it when its own log write timed out.
        inDoubt ||= errorOfWire(error, call.where).kind === 'retriable'
        throw error
      }
    })
  } catch (error) {
    if (!inDoubt) throw error
    const advice = 'Close this producer, make a new one, and read the log to see'
    const message = `${call.where}: no conclusive answer was received, so the transaction may or may not be committed. ${advice}`
    throw new UnclearCommitError(message, 'UNCLEAR_COMMIT', 'fatal', { cause: error })
  }
}

const NOTHING_OPEN = new Set(['INVALID_TXN_STATE', 'INVALID_PRODUCER_ID_MAPPING'])

/**
 * Whether the error means that the broker has no open transaction of this producer: it was ended or never started, or
 * the producer was forgotten.
 */
export const isNothingOpen = (error: unknown): boolean => error instanceof KafkaError && NOTHING_OPEN.has(error.code)
