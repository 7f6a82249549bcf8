import type { Connection } from '@platformatic/kafka'
import { apiVersionsV3 } from '@platformatic/kafka'

/**
 * The transaction protocol version, from the cluster's feature `transaction.version`
 * (https://cwiki.apache.org/confluence/display/KAFKA/KIP-890%3A+Transactions+Server-Side+Defense):
 * - 1: separate requests add partitions and groups (AddPartitionsToTxn 3, AddOffsetsToTxn 4), and the producer's epoch
 *   stays the same (Produce 11, TxnOffsetCommit 4, EndTxn 4). Supported by every broker from 2.5 on; the feature's
 *   levels 0 and 1 differ only in the broker's own log.
 * - 2: writes implicitly add their partitions and groups, and each EndTxn returns the epoch of the next transaction
 *   (Produce 12, TxnOffsetCommit 5, EndTxn 5), so that no request of an ended transaction can affect a later one.
 *   Supported from 4.0 on, if the feature is finalised.
 */
export type TransactionVersion = 1 | 2

/** Request versions that version 2 needs. Every broker with the feature supports them, but a proxy may offer less. */
const neededByVersion2: readonly (readonly [apiKey: number, version: number])[] = [
  [0, 12],
  [26, 5],
  [28, 5],
]

/**
 * Returns the cluster's current version. The feature is cluster-wide, so any broker may answer. It may be raised at run
 * time: the next `init` checks again.
 */
export async function finalizedTransactionVersion(connection: Connection): Promise<TransactionVersion> {
  const { apiKeys, finalizedFeatures } = await apiVersionsV3.api.async(connection, 'scoreline-kafka', '1')
  const level = finalizedFeatures?.find(({ name }) => name === 'transaction.version')?.maxVersionLevel ?? 0
  const offered = new Map(apiKeys.map(({ apiKey, maxVersion }) => [apiKey, maxVersion]))
  return level >= 2 && neededByVersion2.every(([key, version]) => (offered.get(key) ?? -1) >= version) ? 2 : 1
}
