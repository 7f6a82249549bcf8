import { fetchV17, type Connection, type Reader } from '@platformatic/kafka'
import type { AbortedTransaction } from './abort-filter.ts'

/** One partition of a fetch request. */
export interface PartitionFetch {
  readonly topicId: string
  readonly partition: number
  readonly leaderEpoch: number
  readonly offset: number
  readonly bytesMax: number
}

export interface FetchSettings {
  readonly waitMs: number
  readonly responseBytesMax: number
  readonly committedOnly: boolean
}

/** One partition of a fetch response. `records` is a view into the response: nothing is copied or parsed yet. */
export interface PartitionResponse {
  readonly topicId: string
  readonly partition: number
  readonly errorCode: number
  readonly highWatermark: number
  readonly lastStableOffset: number
  readonly logStartOffset: number
  readonly aborted: readonly AbortedTransaction[]
  readonly records: Buffer | undefined
}

export interface FetchResponse {
  readonly errorCode: number
  /** 0 if the broker keeps no session. */
  readonly sessionId: number
  /** Keyed by `placeOf`. */
  readonly partitions: ReadonlyMap<string, PartitionResponse>
}

/** Session part of a request (KIP-227): the broker remembers the partitions of a fetch session. */
export interface SessionFields {
  readonly id: number
  readonly epoch: number
  /** Partitions to remove from the session. */
  readonly forgotten: readonly Pick<PartitionFetch, 'topicId' | 'partition'>[]
}

const NO_SESSION: SessionFields = { id: 0, epoch: -1, forgotten: [] }

/** Key of a partition in requests and answers. */
export function partitionKey({ topicId, partition }: Pick<PartitionFetch, 'topicId' | 'partition'>): string {
  return `${topicId}/${partition}`
}

const FETCH_KEY = 1
const FETCH_VERSION = 17

/** Sends a fetch request. The wire layer’s own fetch creates an object per record; this one returns the raw bytes. */
export function sendFetch(
  connection: Connection,
  fetches: readonly PartitionFetch[],
  settings: FetchSettings,
  session: SessionFields = NO_SESSION,
): Promise<FetchResponse> {
  const topics = [...Map.groupBy(fetches, ({ topicId }) => topicId)].map(([topicId, list]) => ({
    topicId,
    partitions: list.map(({ partition, leaderEpoch, offset, bytesMax }) => ({
      partition,
      currentLeaderEpoch: leaderEpoch,
      fetchOffset: BigInt(offset),
      lastFetchedEpoch: -1,
      partitionMaxBytes: bytesMax,
    })),
  }))
  const forgotten = [...Map.groupBy(session.forgotten, ({ topicId }) => topicId)].map(([topicId, list]) => ({
    topic: topicId,
    topicId,
    partitions: list.map(({ partition }) => partition),
  }))
  const isolation = settings.committedOnly ? 1 : 0
  const { waitMs, responseBytesMax } = settings
  return new Promise((resolve, reject) => {
    connection.send<FetchResponse>(
      FETCH_KEY,
      FETCH_VERSION,
      () =>
        fetchV17.createRequest(
          waitMs,
          1,
          responseBytesMax,
          isolation,
          session.id,
          session.epoch,
          topics,
          forgotten,
          '',
        ),
      (_correlationId, _apiKey, _apiVersion, reader) => readAnswer(reader),
      true,
      true,
      (error, answer) => (error ? reject(error) : resolve(answer as unknown as FetchResponse)),
    )
  })
}

function readAnswer(reader: Reader): FetchResponse {
  reader.readInt32()
  const errorCode = reader.readInt16()
  const sessionId = reader.readInt32()
  const partitions = new Map<string, PartitionResponse>()
  reader.readArray((topic) => {
    const topicId = topic.readUUID()
    const take = (answer: PartitionResponse): void => void partitions.set(partitionKey(answer), answer)
    topic.readArray((partition) => take(readPartition(partition, topicId)), true, false)
  })
  return { errorCode, sessionId, partitions }
}

function readPartition(reader: Reader, topicId: string): PartitionResponse {
  const partition = reader.readInt32()
  const errorCode = reader.readInt16()
  const highWatermark = Number(reader.readInt64())
  const lastStableOffset = Number(reader.readInt64())
  const logStartOffset = Number(reader.readInt64())
  const aborted =
    reader.readNullableArray((entry) => ({ producerId: entry.readInt64(), firstOffset: Number(entry.readInt64()) })) ??
    []
  reader.readInt32()
  const size = reader.readUnsignedVarInt() - 1
  let records: Buffer | undefined
  if (size > 0) {
    records = reader.buffer.slice(reader.position, reader.position + size)
    reader.skip(size)
  }
  reader.readTaggedFields()
  return { topicId, partition, errorCode, highWatermark, lastStableOffset, logStartOffset, aborted, records }
}
