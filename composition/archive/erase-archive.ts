import { DAY_MS } from '../../schemas/durations.ts'
import { decodeRun, encodeRun, type KeptRecord } from '../backup/record-run.ts'
import { sealed, unsealed } from '../backup/sealed-text.ts'
import type { Archive, ArchivedRange } from './archive.ts'
import type { ErasedRecords } from './erased-records.ts'
import type { ObjectStore } from '../../files/objects/object-store.ts'
import { recordsName, type ArchivedPartition } from './segment.ts'
import { writeSegment } from './write-segment.ts'

/** Says which erasures are carried out. */
const DONE = 'erasures.json'
/** Until then, readers leave the records of erased people out. */
const WITHIN_DAYS = 7

interface DoneErasures {
  /** Offset of the topic of erasures up to which they are carried out. */
  readonly end: number
  readonly at: number
}

export interface EraseOnceOptions extends Omit<EraseOptions, 'isDropped'> {
  readonly erased: ErasedRecords
  /** Whether not to wait for further erasures. */
  readonly now: boolean
}

/** Carries out the erasures since the last time, no more often than once a week. Returns the segments written. */
export async function eraseOnce({ erased, now, ...options }: EraseOnceOptions): Promise<number> {
  const { store } = options
  const bytes = await store.get(DONE)
  const done = bytes === undefined ? undefined : unsealed<DoneErasures>(bytes.toString())
  if (erased.end <= (done?.end ?? 0)) return 0
  if (!now && Date.now() - (done?.at ?? 0) < WITHIN_DAYS * DAY_MS) return 0
  const written = await eraseFromArchive({ ...options, isDropped: erased.isDropped })
  await store.put(DONE, Buffer.from(sealed({ end: erased.end, at: Date.now() } satisfies DoneErasures)))
  return written
}

interface EraseOptions {
  readonly store: ObjectStore
  readonly archive: Archive
  readonly isDropped: (at: ArchivedPartition, record: KeptRecord) => boolean
  readonly signal: AbortSignal
}

/**
 * Writes each segment that holds records of erased people anew without them. Reads the whole archive. It may be
 * interrupted at any time and repeated. Returns the number of segments that were written.
 */
async function eraseFromArchive({ store, archive, isDropped, signal }: EraseOptions): Promise<number> {
  let written = 0
  for (const partition of archive.partitions()) {
    for (const range of [...archive.ranges(partition)]) {
      signal.throwIfAborted()
      if (await eraseFromSegment(store, archive, range, isDropped)) written++
    }
  }
  return written
}

async function eraseFromSegment(
  store: ObjectStore,
  archive: Archive,
  range: ArchivedRange,
  isDropped: EraseOptions['isDropped'],
): Promise<boolean> {
  const { records: before, ...rest } = await archive.manifest(range)
  let records = 0
  const frames = (await archive.frames(range)).flatMap((frame) => {
    const run = decodeRun(frame)
    const kept = run.records.filter((record) => !isDropped(range, record))
    records += kept.length
    return kept.length === run.records.length
      ? [frame]
      : kept.length === 0
        ? []
        : [encodeRun({ ...run, records: kept })]
  })
  if (records === before) return false
  const old = recordsName({ ...rest, records: before })
  // The new manifest names the new records. A crash before the old ones are removed leaves them
  // without a name, until the next start removes them (`tidy.ts`).
  const manifest = await writeSegment(store, { ...rest, records }, frames)
  archive.add(manifest)
  await store.remove(old)
  return recordsName(manifest) !== old
}
