import type { Archive, ArchivedRange } from './archive.ts'
import type { ObjectStore } from '../../files/objects/object-store.ts'
import { removeSegment } from './write-segment.ts'

export interface ExpiryOptions {
  /** Segments whose latest record is older are removed; in ms. */
  readonly before: number
  /** Partitions whose segments stay whatever their age. */
  readonly isKept: (range: ArchivedRange) => boolean
}

/** Removes segments from the beginning of each partition. Returns their number. */
export async function removeExpired(
  store: ObjectStore,
  archive: Archive,
  { before, isKept }: ExpiryOptions,
): Promise<number> {
  let removed = 0
  for (const partition of archive.partitions()) {
    for (const range of [...archive.ranges(partition)]) {
      if (isKept(range)) break
      const manifest = await archive.manifest(range)
      // A record may be older than its arrival.
      if (Math.max(manifest.lastAt ?? 0, manifest.takenAt) >= before) break
      await removeSegment(store, manifest)
      archive.drop(range)
      removed++
    }
  }
  return removed
}
