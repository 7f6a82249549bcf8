import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { RootDatabase } from 'lmdb'
import { emptySum, runningSum, sameSum, type ContentSum } from './content-sum.ts'
import { faultOfHead } from './lmdb-head.ts'
import { faultOfPages } from './lmdb-pages.ts'
import { verifiedHash, verifiedValue } from './record-checksum.ts'
import {
  APPEND,
  CHECKPOINT,
  createStore,
  END,
  FIRST_RECORD,
  OWNER,
  type LocalStore,
  type StoredCheckpoint,
} from './store.ts'
import { asWriteError, isDamaged, isNoRoom, StoreDamagedError, StoreTakenOverError } from './store-errors.ts'
import {
  clearUnverified,
  coverPages,
  dataFileOf,
  deleteStore,
  inodeOf,
  inTransaction,
  isUnverified,
  markUnverified,
  moveStore,
  openLmdb,
  sizeOf,
  statsOf,
} from './store-file.ts'

/** Records copied in one go: some ten milliseconds of work, after which heartbeats and other tasks have their turn. */
const COPIED_RECORDS = 2_000
/**
 * Opens the store of a task in its own folder: verifies every record and copies them into a new file, which replaces
 * the old one. Checksums cover records, not the structure between them. Page bounds are checked first, since LMDB
 * trusts them. The free list, which only writes use, may be damaged undetectably, and writes could then overwrite other
 * records or crash the process: so an existing file is only read. Copying many records takes seconds, during which
 * other tasks run.
 *
 * `owner` is the fencing token (producer id and epoch) of the task session. The last session to open the store owns it;
 * a former owner, in this process or another, can't write any more. Throws `StoreDamagedError` after deleting a damaged
 * copy (the next call opens an empty store), `StoreWriteError` if the disk is full, and the abort reason of `signal`.
 */
export async function openStore(directory: string, owner: string, signal?: AbortSignal): Promise<LocalStore> {
  const wasUnverified = isUnverified(directory)
  // No dot in the name: the library would take the suffix for a file extension.
  const copy = `${directory}-copy-${owner}`
  const found = inodeOf(directory)
  let stored: StoredCheckpoint | undefined
  try {
    if (wasUnverified) throw new StoreDamagedError('its last check found damage or did not finish')
    deleteCopies(directory)
    stored = await copyChecked(directory, copy, owner, signal)
    signal?.throwIfAborted()
    // A later owner that was faster keeps its file.
    if (inodeOf(directory) !== found || !existsSync(copy))
      throw new StoreTakenOverError(`${directory} was claimed by another owner than ${owner} while it was copied.`)
    moveStore(copy, directory)
  } catch (error) {
    deleteStore(copy)
    if (isDamaged(error)) {
      deleteStore(directory)
      throw new StoreDamagedError(
        `The local state in ${directory} is damaged (${(error as Error).message}); it was deleted and is restored from the changelog.`,
      )
    }
    if (isNoRoom(error) && sizeOf(directory) > 0) {
      // Frees the space for the new copy, which is restored from the changelog instead.
      deleteStore(directory)
      return openStore(directory, owner, signal)
    }
    clearUnverified(directory)
    throw asWriteError(error, directory)
  }
  return createStore(openLmdb(directory, false), directory, owner, stored)
}

/** Deletes the copies of former owners that were killed. An owner that is still copying loses the store. */
function deleteCopies(directory: string): void {
  const beginning = `${basename(directory)}-copy-`
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 })
  const siblings = readdirSync(dirname(directory)).filter((name) => name.startsWith(beginning))
  for (const name of siblings) deleteStore(join(dirname(directory), name))
}

/** Creates a store with the owner's name and the records of the existing store, if any. */
async function copyChecked(
  directory: string,
  copy: string,
  owner: string,
  signal: AbortSignal | undefined,
): Promise<StoredCheckpoint | undefined> {
  mkdirSync(copy, { recursive: true, mode: 0o700 })
  markUnverified(copy)
  const target = openLmdb(copy, false)
  try {
    clearUnverified(copy)
    inTransaction(target, () => target.putSync(OWNER, Buffer.from(owner)))
    if (sizeOf(directory) === 0) return undefined
    const source = await openFound(directory, owner)
    try {
      const stored = await copyRecords(source, target, signal)
      coverPages(target, copy)
      return stored
    } catch (error) {
      throw signal?.aborted === true ? error : asDamage(error)
    } finally {
      await source.close()
    }
  } finally {
    await target.close()
  }
}

/**
 * Opens the existing file for reading. Reading a damaged file may crash the process, so a marker file remains until the
 * store is replaced.
 */
async function openFound(directory: string, owner: string): Promise<RootDatabase<Buffer, Buffer>> {
  const file = dataFileOf(directory)
  const fault = faultOfHead(file)
  if (fault !== undefined) throw new StoreDamagedError(fault)
  markUnverified(directory)
  const faultBelow = await faultOfPages(file)
  if (faultBelow !== undefined) throw new StoreDamagedError(faultBelow)
  const found = openLmdb(directory, true)
  try {
    rejectTruncatedFile(found, directory)
    rejectFencedOwner(found.getBinary(OWNER)?.toString(), owner, directory)
    return found
  } catch (error) {
    void found.close().catch(() => {})
    throw asDamage(error)
  }
}

/** Treats every error while copying as damage: the copy depends only on the file's bytes, so it would fail again. */
function asDamage(error: unknown): unknown {
  const isOurs = error instanceof StoreTakenOverError || error instanceof StoreDamagedError
  return isOurs || isNoRoom(error) ? error : new StoreDamagedError((error as Error).message, { cause: error })
}

/**
 * Copies record by record, so that no page of the old file is reused. Throws `StoreDamagedError` unless the records are
 * exactly those of the checkpoint.
 */
async function copyRecords(
  source: RootDatabase<Buffer, Buffer>,
  target: RootDatabase<Buffer, Buffer>,
  signal: AbortSignal | undefined,
): Promise<StoredCheckpoint | undefined> {
  const contents = runningSum(emptySum)
  const checkpoint = source.getBinaryFast(CHECKPOINT)
  if (checkpoint !== undefined) inTransaction(target, () => target.putSync(CHECKPOINT, checkpoint))
  for (let from: Buffer = FIRST_RECORD, copied = COPIED_RECORDS; copied === COPIED_RECORDS;) {
    copied = 0
    let last = from
    inTransaction(target, () => {
      for (const key of source.getKeys({ start: from, end: END, limit: COPIED_RECORDS })) {
        // Looked up rather than taken from the scan, to verify the path to the record too.
        const value = source.getBinaryFast(key)
        if (value === undefined) throw new StoreDamagedError('a record of the scan is not found by its key')
        contents.add(verifiedHash(key, value))
        target.putSync(key, value, APPEND)
        last = key
        copied++
      }
    })
    from = after(last)
    await setImmediate()
    signal?.throwIfAborted()
  }
  return verifiedCheckpoint(target, contents.sum())
}

/** Returns the smallest key after this one. */
function after(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([0])])
}

/**
 * Throws for an owner that was fenced before it claimed the store: it must not take the store from its successor, which
 * has the same producer id and a newer epoch.
 */
function rejectFencedOwner(holder: string | undefined, owner: string, directory: string): void {
  const [heldBy, heldEpoch] = (holder ?? '').split(':')
  const [producerId, epoch] = owner.split(':')
  if (epoch === undefined || heldBy !== producerId || Number(heldEpoch) <= Number(epoch)) return
  throw new StoreTakenOverError(`${directory} is ${holder}'s, which came after ${owner}.`)
}

/** Throws for a truncated file: reading a memory-mapped page beyond the end of the file would crash the process. */
function rejectTruncatedFile(database: RootDatabase, directory: string): void {
  const { pageSize, lastPageNumber } = statsOf(database)
  const size = sizeOf(directory)
  // A new store gets its two head pages with the first write.
  if (lastPageNumber > 1 && size < pageSize * (lastPageNumber + 1)) {
    throw new StoreDamagedError(`its file has ${size} bytes and should have ${pageSize * (lastPageNumber + 1)}`)
  }
}

/** Returns the last checkpoint. Throws `StoreDamagedError` if the records found are not those of the checkpoint. */
function verifiedCheckpoint(database: RootDatabase<Buffer, Buffer>, found: ContentSum): StoredCheckpoint | undefined {
  const bytes = database.getBinary(CHECKPOINT)
  const stored =
    bytes === undefined ? undefined : (JSON.parse(verifiedValue(CHECKPOINT, bytes).toString()) as StoredCheckpoint)
  if (!sameSum(found, stored?.contents ?? emptySum)) {
    throw new StoreDamagedError(
      `it holds ${found.records} records where ${stored?.contents.records ?? 0} were written, or older ones`,
    )
  }
  return stored
}
