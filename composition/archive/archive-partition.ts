import type { KafkaClient, RecordBatch } from '../../kafka/client.ts'
import { encodeRun, runOf } from '../backup/record-run.ts'
import type { ArchivedRange } from './archive.ts'
import type { ObjectStore } from './object-store.ts'
import {
  buildSegment,
  formatSegmentManifest,
  manifestName,
  recordsName,
  type ArchivedPartition,
  type SegmentManifest,
} from './segment.ts'
import { isSameTransaction, transactionOf } from './transaction-of.ts'

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
  readonly thinned: (start: number, first: RecordBatch | undefined) => boolean
  readonly signal: AbortSignal
  readonly onSegment: (manifest: SegmentManifest) => void
  readonly segmentBytes?: number
}

/** Writes the committed records of a partition from `from` up to its end into segments. */
export async function archivePartition(options: ArchivePartitionOptions): Promise<void> {
  const { client, partition: at, from, end, signal, segmentBytes = SEGMENT_BYTES } = options
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
        await writeSegment(options, open, batch.offsets[0]!, first)
        open = emptySegment(batch.offsets[0]!)
      }
      first ??= batch
      last = batch
      addBatch(open, batch, end)
    }
    await writeSegment(options, open, end, first)
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

function addBatch(open: OpenSegment, batch: RecordBatch, end: number): void {
  const run = runOf(batch, (offset) => offset < end)
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

/** Writes the records first: without its manifest, a segment is not part of the archive. */
async function writeSegment(
  { store, partition, takenAt, thinned, onSegment }: ArchivePartitionOptions,
  { start, frames, records, firstAt, lastAt }: OpenSegment,
  end: number,
  first: RecordBatch | undefined,
): Promise<void> {
  if (end <= start) return
  const times = records === 0 ? { firstAt: null, lastAt: null } : { firstAt, lastAt }
  const { topic, topicId, partition: number } = partition
  const range: ArchivedRange = { topic, topicId, partition: number, start, end }
  const content = { ...range, records, ...times, takenAt, thinned: thinned(start, first) }
  const { manifest, bytes } = await buildSegment(content, frames)
  await store.put(recordsName(manifest), bytes)
  await store.put(manifestName(manifest), formatSegmentManifest(manifest))
  onSegment(manifest)
}
