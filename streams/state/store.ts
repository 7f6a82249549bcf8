import type { RootDatabase } from 'lmdb'
import { emptySum, runningSum, type ContentSum, type RunningSum } from './content-sum.ts'
import { checksumOf, verifiedValue, withChecksum } from './record-checksum.ts'
import { asWriteError, isDamaged, StoreDamagedError, StoreTakenOverError } from './store-errors.ts'
import { coverPages, inodeOf, inTransaction, markDamaged, moveStore, statsOf } from './store-file.ts'

/** Identifies the changelog and the position up to which a checkpoint contains it. */
export interface CheckpointMetadata {
  /** Topic id of the changelog: a recreated topic has another id, and the checkpoint is then unusable. */
  readonly changelogId: string
  /** The next changelog offset to read. */
  readonly changelogOffset: number
  /** Time of writing, ms since the epoch: a checkpoint older than the changelog's tombstone retention is discarded. */
  readonly writtenAt: number
}

/**
 * The local, disposable copy of a task's state: sorted, on disk, larger than memory. The changelog is authoritative.
 * Reads throw `StoreDamagedError` if the bytes are not those that were written.
 */
export interface Store {
  get(key: Buffer): Buffer | undefined
  /** Records from `from` (inclusive) to `to` (exclusive), in byte order. */
  range(from: Buffer, to: Buffer, limit?: number): Iterable<{ readonly key: Buffer; readonly value: Buffer }>
  /** Metadata of the last checkpoint. */
  metadata(): CheckpointMetadata | undefined
  /**
   * Writes records (null deletes) and the metadata in one store transaction: all or nothing. Throws
   * `StoreTakenOverError` if another owner has claimed the store, `StoreWriteError` if the disk is full.
   */
  checkpoint(records: Iterable<readonly [key: Buffer, value: Buffer | null]>, metadata: CheckpointMetadata): void
  /** Removes every record. */
  clear(): void
  /** Bytes in use on disk. */
  byteLength(): number
  close(): Promise<void>
}

/** A store in a folder, which can be handed to another owner without copying. */
export interface LocalStore extends Store {
  /**
   * Moves the store to another folder and owner, replacing what is there. Nothing is copied or verified again, since
   * the file was open all the time. The original object must not be used afterwards. Throws `StoreTakenOverError` if a
   * newer owner has claimed the folder.
   */
  transferTo(directory: string, owner: string): LocalStore
}

/** Value stored under `CHECKPOINT`. */
export interface StoredCheckpoint {
  readonly metadata: CheckpointMetadata
  /** Sum of all records, by which opening the store detects a lost or outdated page. */
  readonly contents: ContentSum
}

/** Keys of the store's own records. They sort before every record, whose key is not empty and has no zero byte. */
export const OWNER = Buffer.from([0, 0])
export const CHECKPOINT = Buffer.from([0, 1])
export const FIRST_RECORD = Buffer.from([1])
export const END = Buffer.from([0xff, 0xff])

export const APPEND = { append: true }

/** Creates a store over a verified database; `stored` is the metadata that its records were checked against. */
export function createStore(
  database: RootDatabase<Buffer, Buffer>,
  directory: string,
  owner: string,
  stored: StoredCheckpoint | undefined,
): LocalStore {
  const inode = inodeOf(directory)
  let write = createRecordWriter(database)
  let current = stored

  function guarded<Result>(read: () => Result): Result {
    try {
      return read()
    } catch (error) {
      throw wrapError(error, directory)
    }
  }

  /** Throws if a newer owner has replaced this file with its own. */
  function assertOwner(): void {
    if (inodeOf(directory) === inode) return
    throw new StoreTakenOverError(`${directory} was claimed by another owner than ${owner}; nothing was written.`)
  }

  return {
    get: (key) =>
      guarded(() => {
        const value = database.getBinary(key)
        return value === undefined ? undefined : verifiedValue(key, value)
      }),
    range: (start, end, limit = Number.POSITIVE_INFINITY) => verifiedRange(database, { start, end, limit }, guarded),
    metadata: () => current?.metadata,
    checkpoint(records, metadata) {
      const contents = runningSum(current?.contents ?? emptySum)
      guarded(() =>
        inTransaction(database, () => {
          assertOwner()
          write(records, contents)
          const checkpoint: StoredCheckpoint = { metadata, contents: contents.sum() }
          database.putSync(CHECKPOINT, withChecksum(CHECKPOINT, Buffer.from(JSON.stringify(checkpoint))))
        }),
      )
      coverPages(database, directory)
      current = { metadata, contents: contents.sum() }
    },
    clear() {
      guarded(() =>
        inTransaction(database, () => {
          assertOwner()
          database.removeSync(CHECKPOINT)
          for (const key of [...database.getKeys({ start: FIRST_RECORD, end: END })]) database.removeSync(key)
        }),
      )
      coverPages(database, directory)
      write = createRecordWriter(database)
      current = undefined
    },
    byteLength() {
      const { pageSize, lastPageNumber } = statsOf(database)
      return pageSize * lastPageNumber
    },
    close: () => database.close(),
    transferTo(newDirectory, newOwner) {
      guarded(() =>
        inTransaction(database, () => {
          assertOwner()
          database.putSync(OWNER, Buffer.from(newOwner))
        }),
      )
      if (newDirectory !== directory) moveStore(directory, newDirectory)
      return createStore(database, newDirectory, newOwner, current)
    },
  }
}

function* verifiedRange(
  database: RootDatabase<Buffer, Buffer>,
  range: { readonly start: Buffer; readonly end: Buffer; readonly limit: number },
  guarded: <Result>(read: () => Result) => Result,
): Iterable<{ readonly key: Buffer; readonly value: Buffer }> {
  const entries = guarded(() => database.getRange(range)[Symbol.iterator]())
  try {
    for (;;) {
      const next = guarded(() => entries.next())
      if (next.done === true) return
      const { key, value } = next.value
      yield { key, value: guarded(() => verifiedValue(key, value)) }
    }
  } finally {
    entries.return?.()
  }
}

/**
 * Returns a function that writes records and maintains the sum of the contents. Records after the last one in the store
 * are appended without a look-up, so that a new store, filled in key order, consists of full pages.
 */
function createRecordWriter(database: RootDatabase<Buffer, Buffer>) {
  let [last]: (Buffer | undefined)[] = [...database.getKeys({ start: END, end: CHECKPOINT, reverse: true, limit: 1 })]

  return (records: Iterable<readonly [key: Buffer, value: Buffer | null]>, contents: RunningSum): void => {
    let newest = last
    for (const [key, value] of records) {
      const append = newest === undefined || Buffer.compare(key, newest) > 0
      if (append && value === null) continue
      const before = append ? undefined : database.getBinaryFast(key)
      if (before !== undefined) contents.subtract(checksumOf(before))
      if (value === null) {
        if (before !== undefined) database.removeSync(key)
        continue
      }
      const stored = withChecksum(key, value)
      contents.add(checksumOf(stored))
      if (append) newest = key
      database.putSync(key, stored, append ? APPEND : {})
    }
    // Copied, since a key may be a view that keeps a whole batch in memory.
    if (newest !== last) last = Buffer.from(newest!)
  }
}

/** Marks a damaged file, which is deleted when the task restarts, and wraps the error. */
function wrapError(error: unknown, directory: string): Error {
  if (error instanceof StoreTakenOverError) return error
  if (!isDamaged(error)) return asWriteError(error, directory)
  markDamaged(directory)
  return new StoreDamagedError(`The local state in ${directory} is damaged: ${(error as Error).message}.`)
}
