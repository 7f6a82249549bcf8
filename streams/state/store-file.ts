import { existsSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'

/** The file that LMDB keeps a store in. */
const DATA = 'data.mdb'

/**
 * Lies in the folder until its contents are verified. Reading a damaged file can end the process, and the next one must
 * not try again.
 */
const UNVERIFIED = 'unverified'
/**
 * More than LMDB needs to open a store. It maps its lock file, and a page of that for which the disk has no room would
 * end the process.
 */
const ROOM_BYTES = 256 << 10

export function dataFileOf(directory: string): string {
  return join(directory, DATA)
}

export function sizeOf(directory: string): number {
  return statSync(dataFileOf(directory), { throwIfNoEntry: false })?.size ?? 0
}

/** Identifies a file, as distinct from one that replaces it. */
export function inodeOf(directory: string): number | undefined {
  return statSync(dataFileOf(directory), { throwIfNoEntry: false })?.ino
}

export function isUnverified(directory: string): boolean {
  return existsSync(join(directory, UNVERIFIED))
}

/** Writes the marker file before a store is opened, which also makes sure that there is room to open it. */
export function markUnverified(directory: string): void {
  const note = join(directory, UNVERIFIED)
  writeFileSync(note, Buffer.alloc(ROOM_BYTES))
  truncateSync(note)
}

/** Keeps the marker file after damage was found: the disk may be full. */
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

/** Puts a store that may be open in the place of another. */
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
    // Pages are written whole, so there is no need to zero them first.
    noMemInit: true,
    // No commit waits for the disk: what a power failure tears is found by its hashes, and restored from the changelog.
    noSync: true,
  })
}

/**
 * Makes the file as long as its pages: LMDB leaves the last ones out that a transaction took and gave back, and a file
 * that ends before its last page is taken for torn.
 */
export function coverPages(database: RootDatabase, directory: string): void {
  const { pageSize, lastPageNumber } = statsOf(database)
  const bytes = pageSize * (lastPageNumber + 1)
  const size = sizeOf(directory)
  // There is none where a newer owner has deleted a copy.
  if (lastPageNumber > 1 && size > 0 && size < bytes) truncateSync(dataFileOf(directory), bytes)
}

export function statsOf(database: RootDatabase): { readonly pageSize: number; readonly lastPageNumber: number } {
  return database.getStats() as { pageSize: number; lastPageNumber: number }
}
