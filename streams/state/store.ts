import type { RootDatabase } from 'lmdb'
import { emptySum, runningSum, type ContentSum, type RunningSum } from './content-sum.ts'
import { checksumOf, verifiedValue, withChecksum } from './record-checksum.ts'
import { asWriteError, isDamaged, StoreDamagedError, StoreTakenOverError } from './store-errors.ts'
import { coverPages, inodeOf, markDamaged, moveStore, statsOf } from './store-file.ts'

/** Identifies the changelog and the position up to which a checkpoint contains it. */
export interface CheckpointMetadata {
  /**
   * The changelog's incarnation: a topic that was deleted and created again has another id, and the checkpoint is
   * unusable.
   */
  readonly changelogId: string
  /** The next changelog offset to read. */
  readonly changelogOffset: number
  /** When it was written, ms since the epoch: one that is older than the changelog keeps tombstones is discarded. */
  readonly writtenAt: number
}

/**
 * The local, disposable copy of a task's state: sorted, on disk, larger than memory. The truth is the changelog.
 * Reading throws `StoreDamagedError` where the bytes are not those that were written.
 */
export interface Store {
  get(key: Buffer): Buffer | undefined
  /** From (inclusive) to (exclusive), in byte order. */
  range(from: Buffer, to: Buffer, limit?: number): Iterable<{ readonly key: Buffer; readonly value: Buffer }>
  /** Of the last checkpoint. */
  metadata(): CheckpointMetadata | undefined
  /**
   * Writes records (null deletes) and the metadata in one store transaction: all or nothing. Throws
   * `StoreTakenOverError` when another owner has claimed the store, `StoreWriteError` when the disk takes no more.
   */
  checkpoint(records: Iterable<readonly [key: Buffer, value: Buffer | null]>, metadata: CheckpointMetadata): void
  /** Removes every record. */
  clear(): void
  /** Bytes on disk in use. */
  byteLength(): number
  close(): Promise<void>
}

/** A store in a folder, which another owner may be given as it is. */
export interface LocalStore extends Store {
  /**
   * The same records in another folder, whatever is there already, under the name of another owner. Nothing is copied
   * and nothing verified again: the file was open all the time. The store itself is not to be used any more. Throws
   * `StoreTakenOverError` where a newer owner has claimed the folder.
   */
  handTo(directory: string, owner: string): LocalStore
}

/** What is kept under `CHECKPOINT`. */
export interface StoredCheckpoint {
  readonly metadata: CheckpointMetadata
  /** Of all records: a lost page, or one of an older version, shows by it when the store is opened. */
  readonly contents: ContentSum
}

/** Sorts before every record: records begin with a key, which is not empty and has no zero byte. */
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

  /** A newer owner has put a file of its own in the place of this one. */
  function mustBeOwner(): void {
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
        database.transactionSync(() => {
          mustBeOwner()
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
        database.transactionSync(() => {
          mustBeOwner()
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
    handTo(newDirectory, newOwner) {
      guarded(() =>
        database.transactionSync(() => {
          mustBeOwner()
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
 * Writes records and keeps the sum of the contents up. Those behind the last one of the store are appended, without a
 * look for a former one: in the order of their keys a new store is filled so, in whole pages.
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
    // A key may be a view into a batch that nobody else needs any more.
    if (newest !== last) last = Buffer.from(newest!)
  }
}

/** A damaged file is not used any more: it is deleted when the task restarts. */
function wrapError(error: unknown, directory: string): Error {
  if (error instanceof StoreTakenOverError) return error
  if (!isDamaged(error)) return asWriteError(error, directory)
  markDamaged(directory)
  return new StoreDamagedError(`The local state in ${directory} is damaged: ${(error as Error).message}.`)
}
