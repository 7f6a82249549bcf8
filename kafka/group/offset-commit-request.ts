import type { Connection } from '@platformatic/kafka'
import { txnOffsetCommitV4 } from '@platformatic/kafka'
import type { GroupMetadata, OffsetCommit } from '../client.ts'
import type { ProducerIdentity } from '../producer/producer-identity.ts'
import type { TransactionVersion } from '../producer/transaction-version.ts'

/**
 * Sends TxnOffsetCommit version 4, or version 5, which has the same format and implicitly adds the group to the
 * transaction (KIP-890). The wire layer knows only version 4.
 */
export function commitOffsetsOf(
  connection: Connection,
  transactionalId: string,
  { producerId, producerEpoch }: ProducerIdentity,
  { groupId, generationId, memberId, groupInstanceId }: GroupMetadata,
  offsets: readonly OffsetCommit[],
  version: TransactionVersion,
): Promise<void> {
  const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([name, list]) => ({
    name,
    partitions: list.map(({ partition, offset }) => ({
      partitionIndex: partition,
      committedOffset: BigInt(offset),
      committedLeaderEpoch: -1,
      committedMetadata: null,
    })),
  }))
  const encode = () =>
    txnOffsetCommitV4.createRequest(
      transactionalId,
      groupId,
      producerId,
      producerEpoch,
      generationId,
      memberId,
      groupInstanceId,
      topics,
    )
  const { api, parseResponse } = txnOffsetCommitV4
  return new Promise((resolve, reject) => {
    connection.send(api.key, version === 2 ? 5 : api.version, encode, parseResponse, true, true, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}
