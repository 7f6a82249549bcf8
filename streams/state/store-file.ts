import { existsSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
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

export function statsOf(database: RootDatabase): { readonly pageSize: number; readonly lastPageNumber: number } {
  return database.getStats() as { pageSize: number; lastPageNumber: number }
}
