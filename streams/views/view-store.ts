import { open, type RootDatabase } from 'lmdb'
import { mkdirSync } from 'node:fs'
import { faultOfHead } from '../state/lmdb-head.ts'
import { coverPages, dataFileOf, deleteStore } from '../state/store-file.ts'
import type { ViewChanges } from './view-changes.ts'

/** Topic of a view, and whether the view has ever been complete. */
export interface ViewHead {
  readonly topicId: string
  readonly partitions: number
  /** Whether the view contains everything that the topic contained when the view was started. */
  readonly isWhole: boolean
}

export interface ViewPosition {
  /** The next offset to read. */
  readonly offset: number
  /** Time of writing, in ms since the epoch. */
  readonly writtenAt: number
}

/** The changes of one partition from one position to the next. */
export interface ViewPiece {
  readonly partition: number
  readonly from: number
  readonly to: number
  readonly changes: ViewChanges
}

/**
 * The rows and positions of a view, on disk. Several processes may have the same view open: the first to arrive with a
 * piece writes it.
 */
export interface ViewStore {
  /** Returns a buffer over mapped memory, valid until the next call. */
  get(key: Buffer): Buffer | undefined
  head(): ViewHead | undefined
  position(partition: number): ViewPosition | undefined
  /** Empties the store for a new view. Does nothing if it is of this topic id already, unless `again` is set. */
  begin(head: ViewHead, positions: readonly number[], now: number, again: boolean): Promise<void>
  /**
   * Writes rows and positions in one transaction, skipping pieces that are already there. Returns false if the view has
   * been rebuilt meanwhile, so that its positions must be read again.
   */
  write(topicId: string, pieces: readonly ViewPiece[], now: number): Promise<boolean>
  /** Extends the file to cover all its pages, since reading beyond its end would end the process. */
  cover(): Promise<void>
  /** Marks the view as complete. */
  markComplete(topicId: string): Promise<void>
  close(): Promise<void>
}

const HEAD = Buffer.from([0, 0])
const ROW = 1

/**
 * Opens the store. An invalid file is replaced by an empty one, since the topic has everything, and `onDamage` is
 * called with the reason. Damage inside the file shows when it is read, as an LMDB error.
 */
export async function openViewStore(directory: string, onDamage: (fault: string) => void): Promise<ViewStore> {
  const fault = faultOfHead(dataFileOf(directory))
  if (fault !== undefined) {
    onDamage(fault)
    deleteStore(directory)
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const store = storeOver(openDatabase(directory), directory)
  await store.cover()
  return store
}

/**
 * Opens the database. Unlike a task's state it waits for the disk, in a thread of the library: it survives a power
 * failure and need not be verified at each start.
 */
function openDatabase(directory: string): RootDatabase<Buffer, Buffer> {
  return open<Buffer, Buffer>({
    path: directory,
    // The library would treat a name with a dot as a file.
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    noMemInit: false,
  })
}

function storeOver(database: RootDatabase<Buffer, Buffer>, directory: string): ViewStore {
  const read = <T>(key: Buffer): T | undefined => {
    const bytes = database.getBinary(key)
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as T)
  }
  const put = (key: Buffer, value: ViewHead | ViewPosition) =>
    void database.putSync(key, Buffer.from(JSON.stringify(value)))
  const head = () => read<ViewHead>(HEAD)
  const position = (partition: number) => read<ViewPosition>(positionKey(partition))

  /** Runs a transaction, which excludes all other processes. */
  function inTransaction<Result>(work: () => Result): Promise<Result> {
    return database.transaction(() => {
      // Under the write lock, since another writer's pages could be cut off otherwise.
      coverPages(database, directory)
      return work()
    })
  }

  function writePiece({ partition, from, to, changes }: ViewPiece, writtenAt: number): boolean {
    const held = position(partition)?.offset
    if (held === undefined || held < from) return false
    // Another process has written these records already. If only some of them, its rows are older.
    if (held >= to) return true
    for (const { key, value } of changes.values()) {
      if (value === null) database.removeSync(rowKey(key))
      else database.putSync(rowKey(key), value)
    }
    put(positionKey(partition), { offset: to, writtenAt })
    return true
  }

  return {
    get: (key) => database.getBinaryFast(rowKey(key)),
    head,
    position,
    async begin(wanted, offsets, writtenAt, again) {
      const isOthers = () => !again && head()?.topicId === wanted.topicId
      // The head first, so that other processes stop writing.
      if (await inTransaction(() => isOthers() || (database.removeSync(HEAD), false))) return
      await database.clearAsync()
      await inTransaction(() => {
        put(HEAD, wanted)
        for (const [partition, offset] of offsets.entries()) put(positionKey(partition), { offset, writtenAt })
      })
    },
    write: (topicId, pieces, now) =>
      inTransaction(() => {
        if (head()?.topicId !== topicId) return false
        return pieces.map((piece) => writePiece(piece, now)).every(Boolean)
      }),
    markComplete: (topicId) =>
      inTransaction(() => {
        const held = head()
        if (held?.topicId === topicId) put(HEAD, { ...held, isWhole: true })
      }),
    cover: () => inTransaction(() => {}),
    close: () => database.close(),
  }
}

function rowKey(key: Buffer): Buffer {
  const row = Buffer.allocUnsafe(key.length + 1)
  row[0] = ROW
  key.copy(row, 1)
  return row
}

function positionKey(partition: number): Buffer {
  const key = Buffer.from([0, 1, 0, 0, 0, 0])
  key.writeUInt32BE(partition, 2)
  return key
}
