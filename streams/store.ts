import { mkdirSync, rmSync } from 'node:fs'
import { open } from 'lmdb'

/** Says which run of which task wrote a checkpoint and how much of the changelog it holds. */
export interface CheckpointMark {
  /** The changelog's incarnation: a topic deleted and made anew has another id, and the checkpoint is worth nothing. */
  readonly changelogId: string
  /** The next changelog offset to read. */
  readonly changelogOffset: number
  /** When it was written, ms since the epoch: one older than the changelog keeps tombstones is thrown away. */
  readonly writtenAt: number
}

/** The local, disposable copy of a task's state: sorted, on disk, larger than memory. The truth is the changelog. */
export interface Store {
  get(key: Buffer): Buffer | undefined
  /** From (inclusive) to (exclusive), in byte order. */
  range(from: Buffer, to: Buffer, limit?: number): Iterable<{ readonly key: Buffer; readonly value: Buffer }>
  mark(): CheckpointMark | undefined
  /** Writes records (null deletes) and the mark in one store transaction. Throws `StoreTakenOverError` when another owner has claimed the store. */
  checkpoint(records: Iterable<readonly [key: Buffer, value: Buffer | null]>, mark: CheckpointMark): void
  /** Removes every record. */
  clear(): void
  /** Bytes on disk in use. */
  byteLength(): number
  close(): Promise<void>
}

/** A former owner woke up late; the store belongs to a newer one, and nothing was written. */
export class StoreTakenOverError extends Error {
  override readonly name = 'StoreTakenOverError'
}

/** Sorts before every record: records begin with a key, which is not empty and has no zero byte. */
const OWNER = Buffer.from([0, 0])
const MARK = Buffer.from([0, 1])
const FIRST_RECORD = Buffer.from([1])
const END = Buffer.from([0xff, 0xff])

/**
 * Opens the store of a task in its own folder and claims it. `owner` is the fencing token (producer id and epoch) of the task's run: whoever claims last
 * owns it, and a former owner in this or another process can write no more.
 */
export function openStore(directory: string, owner: string): Store {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const database = open<Buffer, Buffer>({
    path: directory,
    encoding: 'binary',
    keyEncoding: 'binary',
    // Pages are written whole, so there is no need to zero them first.
    noMemInit: true,
  })
  const ownerBytes = Buffer.from(owner)
  database.putSync(OWNER, ownerBytes)

  const store: Store = {
    get: (key) => database.getBinary(key),
    *range(from, to, limit = Number.POSITIVE_INFINITY) {
      for (const { key, value } of database.getRange({ start: from, end: to, limit })) yield { key, value }
    },
    mark() {
      const bytes = database.getBinary(MARK)
      return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as CheckpointMark)
    },
    checkpoint(records, mark) {
      database.transactionSync(() => {
        if (!database.getBinary(OWNER)?.equals(ownerBytes)) {
          throw new StoreTakenOverError(
            `${directory} was claimed by another owner than ${owner}; its checkpoint was not written.`,
          )
        }
        for (const [key, value] of records) {
          if (value === null) database.removeSync(key)
          else database.putSync(key, value)
        }
        database.putSync(MARK, Buffer.from(JSON.stringify(mark)))
      })
    },
    clear() {
      database.transactionSync(() => {
        database.removeSync(MARK)
        for (const key of [...database.getKeys({ start: FIRST_RECORD, end: END })]) database.removeSync(key)
      })
    },
    byteLength() {
      const { pageSize, lastPageNumber } = database.getStats() as { pageSize: number; lastPageNumber: number }
      return pageSize * lastPageNumber
    },
    close: () => database.close(),
  }
  return store
}

/** Deletes a task's local copy; it is restored from the changelog when it is needed again. */
export function deleteStore(directory: string): void {
  rmSync(directory, { recursive: true, force: true })
}
