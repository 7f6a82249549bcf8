import type { ObjectStore } from '../../files/objects/object-store.ts'
import {
  DamagedArchiveError,
  folderOf,
  manifestName,
  openSegment,
  parseManifestName,
  parseSegmentManifest,
  recordsName,
  type ArchivedPartition,
  type SegmentManifest,
} from './segment.ts'

/** A range of offsets that a segment holds. */
export interface ArchivedRange extends ArchivedPartition {
  readonly start: number
  readonly end: number
}

/** What the archive holds, as of its opening. */
export interface Archive {
  /** Returns the segments of a partition by offset. Ranges may overlap if two archivers ran at once. */
  ranges(of: ArchivedPartition): readonly ArchivedRange[]
  partitions(): readonly ArchivedPartition[]
  /** Throws `DamagedArchiveError`. */
  manifest(range: ArchivedRange): Promise<SegmentManifest>
  /** Returns the encoded runs of a segment (`backup/record-run.ts`). Throws `DamagedArchiveError`. */
  frames(range: ArchivedRange): Promise<readonly Buffer[]>
  /** Notes a segment that was written since; one of the same range is replaced. */
  add(manifest: SegmentManifest): void
  /** Notes a segment that was removed since. */
  drop(range: ArchivedRange): void
}

/** Manifests that are remembered: a few megabytes. */
const MANIFESTS_MAX = 10_000

export async function openArchive(store: ObjectStore): Promise<Archive> {
  const byPartition = new Map<string, ArchivedRange[]>()
  const manifests = new Map<string, SegmentManifest>()

  function add(range: ArchivedRange): void {
    const folder = folderOf(range)
    const ranges = byPartition.get(folder) ?? []
    ranges.push(range)
    byPartition.set(folder, ranges)
    const before = ranges.at(-2)
    if (before !== undefined && order(before, range) > 0) ranges.sort(order)
  }

  const knows = (range: ArchivedRange): boolean =>
    (byPartition.get(folderOf(range)) ?? []).some(({ start, end }) => start === range.start && end === range.end)

  async function manifest(range: ArchivedRange): Promise<SegmentManifest> {
    const name = manifestName(range)
    const known = manifests.get(name)
    if (known !== undefined) return known
    const bytes = await store.get(name)
    if (bytes === undefined) throw missing(store.whereIs(name))
    const read = parseSegmentManifest(bytes, store.whereIs(name))
    if (manifests.size >= MANIFESTS_MAX) manifests.clear()
    manifests.set(name, read)
    return read
  }

  for (const name of await store.list('topics/')) {
    const range = parseManifestName(name)
    if (range !== undefined) add(range)
  }

  return {
    ranges: (of) => byPartition.get(folderOf(of)) ?? [],
    partitions: () => [...byPartition.values()].flatMap(([first]) => (first === undefined ? [] : [first])),
    manifest,
    async frames(range) {
      const of = await manifest(range)
      const name = recordsName(of)
      const bytes = await store.get(name)
      if (bytes === undefined) throw missing(store.whereIs(name))
      return openSegment(of, bytes, store.whereIs(name))
    },
    add(written) {
      const { topic, topicId, partition, start, end } = written
      const isKnown = knows(written)
      manifests.delete(manifestName(written))
      if (!isKnown) add({ topic, topicId, partition, start, end })
    },
    drop(range) {
      manifests.delete(manifestName(range))
      const folder = folderOf(range)
      byPartition.set(
        folder,
        (byPartition.get(folder) ?? []).filter(({ start, end }) => start !== range.start || end !== range.end),
      )
    },
  }
}

const order = (one: ArchivedRange, other: ArchivedRange): number => one.start - other.start || one.end - other.end

/** Returns the segment to read at an offset: of several, the one that begins last, which is the newest. */
export function rangeAt<Range extends ArchivedRange>(ranges: readonly Range[], offset: number): Range | undefined {
  return ranges.findLast(({ start, end }) => start <= offset && end > offset)
}

/** Returns the offset after the last archived range; `undefined` if there is none. */
export function archivedEnd(ranges: readonly ArchivedRange[]): number | undefined {
  return ranges.length === 0 ? undefined : Math.max(...ranges.slice(-ENDS).map(({ end }) => end))
}

/** Ranges by start: the last of them hold the greatest end, also where two archivers wrote some twice. */
const ENDS = 100

function missing(where: string): DamagedArchiveError {
  return new DamagedArchiveError(
    `${where} is missing from the archive. Bring it back from another copy of the archive.`,
  )
}
