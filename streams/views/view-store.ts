import { open, type RootDatabase } from 'lmdb'
import { mkdirSync } from 'node:fs'
import { faultOfHead } from '../state/lmdb-head.ts'
import { coverPages, dataFileOf, deleteStore } from '../state/store-file.ts'
import type { ViewChanges } from './view-changes.ts'

/** What a view is of, and whether it has been complete once. */
export interface ViewHead {
  readonly topicId: string
  readonly partitions: number
  /** All that was in the topic when the view was begun is in it. */
  readonly isWhole: boolean
}

export interface ViewPosition {
  /** The next offset to read. */
  readonly offset: number
  /** When it was written, ms since the epoch. */
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
 * The rows of a view and its positions, on disk. Several processes may have the same one open: the first that comes
 * with a piece writes it.
 */
export interface ViewStore {
  /** A view into memory that is valid until the next call. */
  get(key: Buffer): Buffer | undefined
  head(): ViewHead | undefined
  position(partition: number): ViewPosition | undefined
  /** Empties it. Does nothing where it is a view of that incarnation already, and is not to be begun `again`. */
  begin(head: ViewHead, positions: readonly number[], now: number, again: boolean): Promise<void>
  /**
   * Writes rows and positions in one transaction. Pieces that are there already are passed over. `false`: the view has
   * been begun anew, and is to be taken up where it is.
   */
  write(topicId: string, pieces: readonly ViewPiece[], now: number): Promise<boolean>
  /** Makes the file as long as its pages: to read beyond its end would end the process. */
  cover(): Promise<void>
  /** Notes that it is complete. */
  markWhole(topicId: string): Promise<void>
  close(): Promise<void>
}

const HEAD = Buffer.from([0, 0])
const ROW = 1

/**
 * A file that is none is replaced by an empty one: the topic has everything. `onDamage` is told why. Damage within
 * shows when it is read, as an error of LMDB.
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
 * Unlike a task's state it waits for the disk, in a thread of the library: a failure of power leaves it whole, and it
 * need not be looked through at each start.
 */
function openDatabase(directory: string): RootDatabase<Buffer, Buffer> {
  return open<Buffer, Buffer>({
    path: directory,
    // A dot in the name would make it a file.
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    noMemInit: true,
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

  /** One at a time, over all processes. */
  function inTransaction<Result>(work: () => Result): Promise<Result> {
    return database.transaction(() => {
      // While nobody else writes, or it would be cut.
      coverPages(database, directory)
      return work()
    })
  }

  function writePiece({ partition, from, to, changes }: ViewPiece, writtenAt: number): boolean {
    const held = position(partition)?.offset
    if (held === undefined || held < from) return false
    // Another process was as far already. Where it was not quite, what it has of these records is older.
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
      // First the head, so that no other process goes on writing.
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
    markWhole: (topicId) =>
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
