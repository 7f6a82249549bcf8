import type { KafkaClient, RecordBatch, TopicPartition } from '../../kafka/client.ts'
import { encodeRun, runOf, type KeptRecord } from '../backup/record-run.ts'
import type { ObjectStore } from '../../files/objects/object-store.ts'
import type { ArchivedPartition, SegmentManifest } from './segment.ts'
import { isSameTransaction, transactionOf } from './transaction-of.ts'
import { writeSegment } from './write-segment.ts'

const BUFFERED_BYTES = 4 << 20
/** Size before compression at which a segment ends. A reader holds one segment of each partition in memory. */
const SEGMENT_BYTES = 8 << 20

export interface ArchivePartitionOptions {
  readonly client: KafkaClient
  readonly store: ObjectStore
  readonly partition: ArchivedPartition
  /** The first offset that is not archived. */
  readonly from: number
  /** Last stable offset. */
  readonly end: number
  /** Time of `end`, in ms. */
  readonly takenAt: number
  readonly sinceAt: number
  /** Whether a record is left out: those of erased people. */
  readonly isDropped: (at: TopicPartition, record: KeptRecord) => boolean
  /** Whether compaction may have removed records, by the first batch that is left. */
  readonly thinned: (first: RecordBatch | undefined) => boolean
  readonly signal: AbortSignal
  readonly onSegment: (manifest: SegmentManifest) => void
  readonly segmentBytes?: number
}

/** Writes the committed records of a partition from `from` up to its end into segments. */
export async function archivePartition(options: ArchivePartitionOptions): Promise<void> {
  const { client, partition: at, from, end, signal, isDropped, segmentBytes = SEGMENT_BYTES } = options
  const fetcher = client.fetcher({ bufferedBytesMax: BUFFERED_BYTES })
  let open = emptySegment(from)
  let first: RecordBatch | undefined
  let last: RecordBatch | undefined
  try {
    await fetcher.assign(at, from, at.topicId)
    while (fetcher.position(at.topic, at.partition) < end) {
      signal.throwIfAborted()
      const batch = fetcher.take(at.topic, at.partition)
      if (batch === undefined) {
        await fetcher.wait(1_000)
        continue
      }
      // A segment ends between two transactions, so that state may be read up to its end.
      if (
        open.bytes >= segmentBytes &&
        last !== undefined &&
        !isSameTransaction(transactionOf(last), transactionOf(batch))
      ) {
        await finishSegment(options, open, batch.offsets[0]!, first)
        open = emptySegment(batch.offsets[0]!)
      }
      first ??= batch
      last = batch
      addBatch(open, batch, (record) => record.offset < end && !isDropped(at, record))
    }
    await finishSegment(options, open, end, first)
  } finally {
    await fetcher.close()
  }
}

interface OpenSegment {
  readonly start: number
  readonly frames: Buffer[]
  bytes: number
  records: number
  firstAt: number
  lastAt: number
}

function emptySegment(start: number): OpenSegment {
  return { start, frames: [], bytes: 0, records: 0, firstAt: Infinity, lastAt: -Infinity }
}

function addBatch(open: OpenSegment, batch: RecordBatch, isKept: (record: KeptRecord) => boolean): void {
  const whole = runOf(batch, () => true)
  const run = { ...whole, records: whole.records.filter(isKept) }
  if (run.records.length === 0) return
  const frame = encodeRun(run)
  open.frames.push(frame)
  open.bytes += frame.length
  open.records += run.records.length
  for (const { timestampMs } of run.records) {
    open.firstAt = Math.min(open.firstAt, timestampMs)
    open.lastAt = Math.max(open.lastAt, timestampMs)
  }
}

async function finishSegment(
  { store, partition, end: passEnd, takenAt, sinceAt, thinned, onSegment }: ArchivePartitionOptions,
  { start, frames, records, firstAt, lastAt }: OpenSegment,
  end: number,
  first: RecordBatch | undefined,
): Promise<void> {
  if (end <= start) return
  const { topic, topicId, partition: number } = partition
  const times = records === 0 ? { firstAt: null, lastAt: null } : { firstAt, lastAt }
  const range = { topic, topicId, partition: number, start, end, records, ...times }
  const content = { ...range, passEnd, takenAt, sinceAt, thinned: thinned(first) }
  onSegment(await writeSegment(store, content, frames))
}
