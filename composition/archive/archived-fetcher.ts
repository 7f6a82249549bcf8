import type { Fetcher, RecordBatch, StartPosition, TopicPartition } from '../../kafka/client.ts'
import { ReplayGapError } from '../../streams/replay/journal-replay-gap.ts'
import { decodeRun, runOf, type KeptRecord } from '../backup/record-run.ts'
import { archivedEnd, rangeAt, type Archive, type ArchivedRange } from './archive.ts'
import { batchOfRun } from './archived-batch.ts'

export interface ArchivedFetcherOptions {
  /** Reads what is not archived. */
  readonly broker: Fetcher
  readonly archive: Archive
  /** Returns the segments of a partition, by offset. */
  readonly rangesOf: (at: TopicPartition) => readonly ArchivedRange[]
  /** Whether a record is left out. */
  readonly isDropped: (at: TopicPartition, record: KeptRecord) => boolean
}

/** A partition that is read from the archive. */
interface ArchivedReading {
  readonly at: TopicPartition
  readonly ranges: readonly ArchivedRange[]
  readonly topicId: string | undefined
  position: number
  /** Encoded runs of the open segment that are left. */
  frames: Buffer[]
  /** End of the open segment. */
  segmentEnd: number
  next: RecordBatch | undefined
}

/** Reads each partition from the archive as far as that reaches, and then from the broker. */
export function createArchivedFetcher({ broker, archive, rangesOf, isDropped }: ArchivedFetcherOptions): Fetcher {
  const readings = new Map<string, ArchivedReading>()
  const find = (topic: string, partition: number) => readings.get(nameOf({ topic, partition }))

  async function assign(at: TopicPartition, start: StartPosition, topicId?: string): Promise<void> {
    const ranges = rangesOf(at)
    const end = archivedEnd(ranges)
    const position = start === 'earliest' ? (ranges[0]?.start ?? start) : start
    if (end === undefined || typeof position !== 'number' || position >= end) {
      readings.delete(nameOf(at))
      return broker.assign(at, start, topicId)
    }
    broker.unassign(at)
    const reading: ArchivedReading = {
      ...{ at, ranges, topicId, position, frames: [], segmentEnd: position, next: undefined },
    }
    readings.set(nameOf(at), reading)
  }

  return {
    ...broker,
    assign,
    unassign(at) {
      if (!readings.delete(nameOf(at))) broker.unassign(at)
    },
    assigned: () => [...[...readings.values()].map(({ at }) => at), ...broker.assigned()],
    peek: (topic, partition) => {
      const reading = find(topic, partition)
      return reading === undefined ? broker.peek(topic, partition) : reading.next
    },
    take(topic, partition) {
      const reading = find(topic, partition)
      if (reading === undefined) return takeKept(broker, { topic, partition }, isDropped)
      const batch = reading.next
      if (batch === undefined) return undefined
      reading.position = batch.offsets[batch.count - 1]! + 1
      reading.next = undefined
      decodeNext(reading, isDropped)
      return batch
    },
    position: (topic, partition) => find(topic, partition)?.position ?? broker.position(topic, partition),
    endOffset: (topic, partition) =>
      find(topic, partition) === undefined ? broker.endOffset(topic, partition) : undefined,
    async wait(timeoutMs) {
      const empty = [...readings.values()].filter(({ next }) => next === undefined)
      if (empty.length === 0) return broker.wait(timeoutMs)
      for (const reading of empty) {
        const { at, ranges, position, topicId } = reading
        if (position < archivedEnd(ranges)!) {
          await openNext(reading, archive)
          decodeNext(reading, isDropped)
        } else {
          readings.delete(nameOf(at))
          await broker.assign(at, position, topicId)
        }
      }
    },
    close: () => {
      readings.clear()
      return broker.close()
    },
  }
}

/** Makes the next batch of the open segment available. */
function decodeNext(reading: ArchivedReading, isDropped: ArchivedFetcherOptions['isDropped']): void {
  const { at, frames, position } = reading
  while (reading.next === undefined && frames.length > 0) {
    const run = decodeRun(frames.shift()!)
    const records = run.records.filter((record) => record.offset >= position && !isDropped(at, record))
    reading.next = batchOfRun(at, { ...run, records })
  }
  if (reading.next === undefined) reading.position = reading.segmentEnd
}

/** Opens the segment at the reading's position. Throws if there is none. */
async function openNext(reading: ArchivedReading, archive: Archive): Promise<void> {
  const { at, ranges, position } = reading
  const range = rangeAt(ranges, position)
  if (range === undefined) throw holeAt(at, position, ranges)
  reading.frames = [...(await archive.frames(range))]
  reading.segmentEnd = range.end
}

/** Returns the next batch of the broker that holds a record which is not left out. */
function takeKept(
  broker: Fetcher,
  at: TopicPartition,
  isDropped: ArchivedFetcherOptions['isDropped'],
): RecordBatch | undefined {
  for (;;) {
    const batch = broker.take(at.topic, at.partition)
    if (batch === undefined) return undefined
    const run = runOf(batch, () => true)
    const records = run.records.filter((record) => !isDropped(at, record))
    if (records.length === run.records.length) return batch
    const kept = batchOfRun(at, { ...run, records })
    if (kept !== undefined) return kept
  }
}

function holeAt(
  { topic, partition }: TopicPartition,
  position: number,
  ranges: readonly ArchivedRange[],
): ReplayGapError {
  const next = ranges.find(({ start }) => start > position)
  return new ReplayGapError(
    `because the archive lacks ${topic}-${partition} from offset ${position} to ${next?.start}: its file was removed, or ` +
      'retention deleted the records before they were archived. Bring the file back from another copy of the archive, if there was one',
  )
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
