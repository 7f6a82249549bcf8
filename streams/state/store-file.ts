import { existsSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { blockingNativeCall } from '../../runtimes/native-calls.ts'

/** Data file of LMDB in a store's folder. */
const DATA = 'data.mdb'

/**
 * Marker file that remains in the folder until the contents are verified. Reading a damaged file can end the process,
 * and the next process must not try again.
 */
const UNVERIFIED = 'unverified'
/**
 * Disk space to reserve before a store is opened, more than LMDB needs. LMDB maps its lock file, and a page of it for
 * which the disk has no room would end the process.
 */
const ROOM_BYTES = 256 << 10

export function dataFileOf(directory: string): string {
  return join(directory, DATA)
}

export function sizeOf(directory: string): number {
  return statSync(dataFileOf(directory), { throwIfNoEntry: false })?.size ?? 0
}

/** Returns the inode of the data file, which tells it apart from a replacement. */
export function inodeOf(directory: string): number | undefined {
  return statSync(dataFileOf(directory), { throwIfNoEntry: false })?.ino
}

export function isUnverified(directory: string): boolean {
  return existsSync(join(directory, UNVERIFIED))
}

/** Writes the marker file before a store is opened, which also ensures that there is room to open it. */
export function markUnverified(directory: string): void {
  const note = join(directory, UNVERIFIED)
  writeFileSync(note, Buffer.alloc(ROOM_BYTES))
  truncateSync(note)
}

/** Rewrites the marker file after damage was found, without reserving space: the disk may be full. */
export function markDamaged(directory: string): void {
  writeFileSync(join(directory, UNVERIFIED), '')
}

export function clearUnverified(directory: string): void {
  rmSync(join(directory, UNVERIFIED), { force: true })
}

/** Deletes a task's local copy; it is restored from the changelog when it is needed again. */
export function deleteStore(directory: string): void {
  rmSync(directory, { recursive: true, force: true })
}

/** Replaces a store by another one, which may be open. */
export function moveStore(from: string, to: string): void {
  deleteStore(to)
  renameSync(from, to)
}

export function openLmdb(directory: string, readOnly: boolean): RootDatabase<Buffer, Buffer> {
  return open<Buffer, Buffer>({
    path: directory,
    readOnly,
    encoding: 'binary',
    keyEncoding: 'binary',
    // Unused parts of pages would otherwise hold what the memory held before, such as records of an erased person.
    noMemInit: false,
    // Commits don't wait for the disk: checksums detect what a power failure tears, and the changelog restores it.
    noSync: true,
  })
}

/** Runs a write transaction: all or nothing. */
export function inTransaction(database: RootDatabase<Buffer, Buffer>, write: () => void): void {
  blockingNativeCall(() => database.transactionSync(write))
}

/**
 * Extends the file to cover all its pages. LMDB does not write trailing pages that a transaction allocated and freed,
 * and a file that ends before its last page counts as torn.
 */
export function coverPages(database: RootDatabase, directory: string): void {
  const { pageSize, lastPageNumber } = statsOf(database)
  const bytes = pageSize * (lastPageNumber + 1)
  const size = sizeOf(directory)
  // The file is missing if a newer owner has deleted the copy.
  if (lastPageNumber > 1 && size > 0 && size < bytes) truncateSync(dataFileOf(directory), bytes)
}

export function statsOf(database: RootDatabase): { readonly pageSize: number; readonly lastPageNumber: number } {
  return database.getStats() as { pageSize: number; lastPageNumber: number }
}
