import type { Cluster } from '../../../kafka/cluster/cluster.ts'
import { ConnectionLostError } from '../../../kafka/errors.ts'
import { partitionKey, type FetchResponse, type PartitionResponse } from '../../../kafka/fetcher/fetch-request.ts'
import { createFetchedPartition, type FetchedPartition } from '../../../kafka/fetcher/fetched-partition.ts'
import {
  createFetcherState,
  keyOf,
  type FetcherState,
  type LocatedPartition,
} from '../../../kafka/fetcher/fetcher-state.ts'
import { createSharedWait } from '../../../kafka/fetcher/shared-wait.ts'
import { handlePartitionResponse } from '../../../kafka/fetcher/handle-response.ts'
import { attributes, layout } from '../../../kafka/records/record-batch-layout.ts'
import { batchAt, withChecksum } from '../batches.ts'
import { valuesOf } from '../records-of.ts'

/** Answers requests one after the other with these; later ones get none. */
function clusterOf(answers: readonly FetchResponse[]): Cluster {
  const left = [...answers]
  const call = () => Promise.resolve(left.shift() ?? new Promise<never>(() => {}))
  return { requestTimeoutMs: 10_000, call } as unknown as Cluster
}

const place = { topicId: 'visits-id', partition: 3 }

function answerOf(batches: readonly Buffer[], aborted: PartitionResponse['aborted'] = []): FetchResponse {
  const numbers = { errorCode: 0, highWatermark: 100, lastStableOffset: 100, logStartOffset: 0 }
  const partitions = new Map([
    [partitionKey(place), { ...place, ...numbers, aborted, records: Buffer.concat(batches) }],
  ])
  return { errorCode: 0, sessionId: 0, partitions }
}

function abortMarkerAt(offset: number): Buffer {
  const batch = batchAt(offset, ['marker'], 7n)
  batch.writeInt16BE(attributes.transactional | attributes.control, layout.attributes)
  return withChecksum(batch)
}

/** Returns a fetcher that has read the partition up to the offset. */
function fetcherAt(cluster: Cluster, offset: number): { fetcher: FetcherState; partition: LocatedPartition } {
  const fetcher = createFetcherState(cluster, {}, undefined, () => {})
  const partition: FetchedPartition = createFetchedPartition(
    { topic: 'visits', partition: 3 },
    offset,
    true,
    'visits-id',
  )
  partition.leader = { nodeId: 1, leaderEpoch: 0 }
  fetcher.partitions.set(keyOf(partition), partition)
  return { fetcher, partition: partition as LocatedPartition }
}

const aborted = [{ producerId: 7n, firstOffset: 10 }]

test('each of two readers of a partition gets what it has not read, whatever the other received', async () => {
  const cluster = clusterOf([
    answerOf([batchAt(10, ['aborted'], 7n), abortMarkerAt(11)], aborted),
    answerOf([batchAt(12, ['committed'], 7n)]),
  ])
  const shared = createSharedWait(cluster, true)
  const [ahead, behind] = [fetcherAt(cluster, 12), fetcherAt(cluster, 10)]
  for (const { fetcher, partition } of [ahead, behind]) shared.join(1, fetcher, [partition])
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
  for (const { partition } of [ahead, behind]) {
    expect(partition.fetchOffset).toBe(13)
    expect(valuesOf(partition.take()!)).toEqual(['committed'])
  }
})

test.each([8, 14])('an answer from offset 12 on is useless to a reader at %i', (offset) => {
  const { fetcher, partition } = fetcherAt(clusterOf([]), offset)
  const answer = answerOf([batchAt(12, ['other'], 7n)], aborted).partitions.get(partitionKey(place))!
  expect(handlePartitionResponse(fetcher, partition, answer, 12)).toBe(false)
  expect([partition.fetchOffset, partition.first]).toEqual([offset, undefined])
})

const lost = { since: 0, error: new ConnectionLostError('Fetch', 'CONNECTION_LOST', 'retriable') }
const nothingNew: FetchResponse = { errorCode: 0, sessionId: 0, partitions: new Map() }

test.each([
  ['of which nothing is said', 10, [nothingNew]],
  ['that is asked for from further back', 12, [nothingNew]],
  ['for which another one is answered', 12, [answerOf([batchAt(10, ['other'], 7n)])]],
])('a partition %s can be read: it does not fail any more', async (_, offset, answers) => {
  const cluster = clusterOf(answers)
  const shared = createSharedWait(cluster, true)
  const [behind, recovering] = [fetcherAt(cluster, 10), fetcherAt(cluster, offset)]
  Object.assign(recovering.partition, { failures: 3, failing: lost })
  for (const { fetcher, partition } of [behind, recovering]) shared.join(1, fetcher, [partition])
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
  expect(recovering.partition).toMatchObject({ failures: 0, failing: undefined })
})
