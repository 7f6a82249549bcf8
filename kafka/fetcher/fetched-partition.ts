import { createAbortFilter } from './abort-filter.ts'
import { createBatchBuffer } from './batch-buffer.ts'
import type { RecordBatch, TopicPartition } from '../client.ts'
import type { PartitionLeader } from '../cluster/topic-metadata.ts'
import type { KafkaError } from '../errors.ts'
import type { PartitionResponse } from './fetch-request.ts'
import { attributes } from '../records/record-batch-layout.ts'
import { batchHeaders, checkBatch, readRecords } from '../records/record-batch-reader.ts'

/**
 * One assigned partition with its fetched and not yet consumed batches. Each assignment creates a new object, so that
 * late answers have no effect.
 */
export interface FetchedPartition extends TopicPartition {
  paused: boolean
  /** Whether it is part of a request shared with other fetchers. */
  shared: boolean
  /** The incarnation of the topic that is read; `undefined` until it is first seen, unless the reader specified it. */
  topicId: string | undefined
  /** `undefined` until it has been looked up. */
  leader: PartitionLeader | undefined
  /** Set while its leader is looked up, or during the pause after a failure: it is not fetched then. */
  backingOff: boolean
  /** Failures since the last answer without an error. */
  failures: number
  /** Time of the first and error of the last of these failures. */
  failing: { readonly since: number; readonly error: KafkaError } | undefined
  /** The error that ended it for good. */
  fatal: KafkaError | undefined
  /** Time of the last answer without an error, in ms since the epoch. */
  lastResponseAt: number | undefined
  /** Offset at which the next request begins. */
  readonly fetchOffset: number
  readonly endOffset: number | undefined
  readonly bufferedBytes: number
  readonly first: RecordBatch | undefined
  /** Offset after the last record that was taken or skipped. */
  readonly position: number
  take(): RecordBatch | undefined
  /** Buffers the batches of an answer; returns whether a batch came or the position moved. */
  accept(answer: PartitionResponse): boolean
}

export function createFetchedPartition(
  { topic, partition }: TopicPartition,
  offset: number,
  committedOnly: boolean,
  topicId?: string,
): FetchedPartition {
  const where = `${topic}-${partition}`
  const filter = createAbortFilter()
  const buffer = createBatchBuffer()
  let fetchOffset = offset
  let endOffset: number | undefined

  function accept(answer: PartitionResponse): boolean {
    const before = fetchOffset
    const endBefore = endOffset
    endOffset = committedOnly ? answer.lastStableOffset : answer.highWatermark
    const { records } = answer
    if (records === undefined) return endBefore === undefined
    if (committedOnly) filter.announce(answer.aborted)
    for (const header of batchHeaders(records, where)) {
      if (header.lastOffset < fetchOffset) continue
      checkBatch(records, header, where)
      if ((header.attributes & attributes.control) !== 0) {
        // The control batch ends the producer’s transaction, committed or aborted. Its record is not read, as
        // compaction may have emptied the batch.
        filter.end(header.producerId, header.lastOffset)
      } else {
        const transactional = (header.attributes & attributes.transactional) !== 0
        const dropped = committedOnly && transactional && filter.isAborted(header.producerId, header.baseOffset)
        const batch = dropped ? undefined : readRecords(records, header, topic, partition, fetchOffset)
        if (batch !== undefined) buffer.add(batch)
      }
      fetchOffset = header.lastOffset + 1
    }
    return fetchOffset !== before
  }

  return {
    topic,
    partition,
    paused: false,
    shared: false,
    topicId,
    leader: undefined,
    backingOff: false,
    failures: 0,
    failing: undefined,
    fatal: undefined,
    lastResponseAt: undefined,
    get fetchOffset() {
      return fetchOffset
    },
    get endOffset() {
      return endOffset
    },
    get bufferedBytes() {
      return buffer.bytes
    },
    get first() {
      return buffer.first
    },
    get position() {
      return buffer.first?.offsets[0] ?? fetchOffset
    },
    take: buffer.take,
    accept,
  }
}
