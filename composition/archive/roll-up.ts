import { decodeRun, encodeRun, type RecordRun } from '../backup/record-run.ts'
import { rangeAt, type Archive, type ArchivedRange } from './archive.ts'
import type { ObjectStore } from '../../files/objects/object-store.ts'
import { DamagedArchiveError, manifestName, type ArchivedPartition, type SegmentManifest } from './segment.ts'
import { removeSegment, writeSegment } from './write-segment.ts'

/** Size before compression at which a segment ends. */
const SEGMENT_BYTES = 8 << 20

export interface RollUpOptions {
  readonly store: ObjectStore
  readonly archive: Archive
  readonly partition: ArchivedPartition
  /** Segments whose records are all older, in ms, are rolled up. */
  readonly before: number
  /** They are left alone until one of them is older than this, since each time all of them are read. */
  readonly onceBefore: number
  readonly signal: AbortSignal
}

/**
 * Replaces the old segments of a compacted topic by ones that hold only the last record of each key: the state as of
 * their end. Reads them twice; memory grows with the number of keys of the partition. It may be interrupted at any time:
 * until the last of the old segments is removed, nothing is missing. Returns the number of segments removed.
 */
export async function rollUp(options: RollUpOptions): Promise<number> {
  const { store, archive, partition, before, onceBefore } = options
  const old: SegmentManifest[] = []
  for (const range of archive.ranges(partition)) {
    const manifest = await archive.manifest(range)
    if (ageOf(manifest) >= before) break
    old.push(manifest)
  }
  if (!old.some((manifest) => !manifest.thinned && ageOf(manifest) < onceBefore)) return 0
  const end = Math.max(...old.map((range) => range.end))
  const lastOffsets = new Map<string, number>()
  for await (const { records } of runsOf(options, old, end))
    for (const { key, offset } of records) if (key !== null) lastOffsets.set(textOf(key), offset)
  const written = await writeLatest(options, { old, end, lastOffsets })
  const removed = old.filter((manifest) => !written.has(manifestName(manifest)))
  for (const manifest of removed) {
    await removeSegment(store, manifest)
    archive.drop(manifest)
  }
  return removed.length
}

/** Writes the last record of each key, and returns the names of the manifests. */
async function writeLatest(
  options: RollUpOptions,
  {
    old,
    end,
    lastOffsets,
  }: {
    readonly old: readonly SegmentManifest[]
    readonly end: number
    readonly lastOffsets: ReadonlyMap<string, number>
  },
): Promise<ReadonlySet<string>> {
  const { store, archive, partition } = options
  const { topic, topicId, partition: number } = partition
  const names = new Set<string>()
  const { takenAt, sinceAt } = old.at(-1)!
  let start = old[0]!.start
  let runs: RecordRun[] = []
  let frames: Buffer[] = []
  let bytes = 0

  async function write(to: number): Promise<void> {
    const records = runs.flatMap((run) => run.records)
    const times = records.map(({ timestampMs }) => timestampMs)
    const content = {
      ...{ topic, topicId, partition: number, start, end: to, records: records.length },
      firstAt: times.length === 0 ? null : times.reduce((one, other) => Math.min(one, other)),
      lastAt: times.length === 0 ? null : times.reduce((one, other) => Math.max(one, other)),
      ...{ passEnd: end, takenAt, sinceAt, thinned: true },
    }
    const manifest = await writeSegment(store, content, frames)
    names.add(manifestName(manifest))
    archive.add(manifest)
    start = to
    runs = []
    frames = []
    bytes = 0
  }

  for await (const run of runsOf(options, old, end)) {
    // A tombstone removes nothing that is still there.
    const records = run.records.filter(
      ({ key, value, offset }) => key === null || (value !== null && lastOffsets.get(textOf(key)) === offset),
    )
    if (records.length === 0) continue
    if (bytes >= SEGMENT_BYTES) await write(records[0]!.offset)
    const kept = { ...run, records }
    const frame = encodeRun(kept)
    runs.push(kept)
    frames.push(frame)
    bytes += frame.length
  }
  await write(end)
  return names
}

/** Reads what the segments hold up to an offset, each record once. */
async function* runsOf(
  { archive, signal }: RollUpOptions,
  ranges: readonly ArchivedRange[],
  end: number,
): AsyncGenerator<RecordRun> {
  for (let position = ranges[0]!.start; position < end;) {
    signal.throwIfAborted()
    const range = rangeAt(ranges, position)
    if (range === undefined)
      throw new DamagedArchiveError(
        `The archive lacks ${ranges[0]!.topic}-${ranges[0]!.partition} from offset ${position} on, and older segments are kept ` +
          'until it is back. Bring the file back from another copy of the archive.',
      )
    for (const frame of await archive.frames(range)) {
      const run = decodeRun(frame)
      yield { ...run, records: run.records.filter(({ offset }) => offset >= position) }
    }
    position = range.end
  }
}

function ageOf({ lastAt, takenAt }: SegmentManifest): number {
  return Math.max(lastAt ?? 0, takenAt)
}

function textOf(key: Uint8Array): string {
  return Buffer.from(key).toString('latin1')
}
