import type { Connection } from '@platformatic/kafka'
import { apiVersionsV3 } from '@platformatic/kafka'

/**
 * The transaction protocol version, from the cluster's feature `transaction.version`
 * (https://cwiki.apache.org/confluence/display/KAFKA/KIP-890%3A+Transactions+Server-Side+Defense):
 * - 1: partitions and groups are added by separate requests (AddPartitionsToTxn 3, AddOffsetsToTxn 4), the producer's
 *   epoch stays
 *   (Produce 11, TxnOffsetCommit 4, EndTxn 4). Every broker from 2.5 on; the feature's levels 0 and 1 differ only in
 *   the broker's own log.
 * - 2: writes add their partitions and groups, and each end gives the epoch of the next transaction (Produce 12,
 *   TxnOffsetCommit 5,
 *   EndTxn 5), so that no request of an ended transaction can affect a later one. From 4.0 on, where the feature is
 *   finalised.
 */
export type TransactionVersion = 1 | 2

/**
 * All brokers have supported these since the feature was introduced; checked anyway, because a proxy may offer less.
 */
const neededByVersion2: readonly (readonly [apiKey: number, version: number])[] = [
  [0, 12],
  [26, 5],
  [28, 5],
]

/**
 * The current version of the cluster. The feature is cluster-wide, so any broker may answer. It may be raised at run
 * time: the next `init` checks again.
 */
export async function finalizedTransactionVersion(connection: Connection): Promise<TransactionVersion> {
  const { apiKeys, finalizedFeatures } = await apiVersionsV3.api.async(connection, 'scoreline-kafka', '1')
  const level = finalizedFeatures?.find(({ name }) => name === 'transaction.version')?.maxVersionLevel ?? 0
  const offered = new Map(apiKeys.map(({ apiKey, maxVersion }) => [apiKey, maxVersion]))
  return level >= 2 && neededByVersion2.every(([key, version]) => (offered.get(key) ?? -1) >= version) ? 2 : 1
}
