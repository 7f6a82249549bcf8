import { recordKey, RECORDS_END, storedValue } from './record-key.ts'
import type { StateEntry } from './state-entry.ts'
import type { CheckpointMetadata, Store } from './store.ts'

/** Committed changes that the store does not hold yet. A checkpoint writes them. */
export interface UnflushedRecords {
  /** What a transaction has changed is committed. */
  add(staged: readonly StateEntry[]): void
  /** Bytes, about. */
  readonly bytes: number
  /** The store of a new task holds no information about its first keys. */
  readonly storeIsEmpty: boolean
  checkpoint(metadata: CheckpointMetadata): void
  checkpointPiece(metadata: CheckpointMetadata): boolean
  entries(): Iterable<StateEntry>
}

/** Measured memory overhead of a record: its entry, its key and its place among the keys. */
const RECORD_OVERHEAD_BYTES = 500
/** For those whose size is not known before they are encoded. */
const RECORD_BYTES = 256
const PIECE_RECORDS_MIN = 500

const FIRST_RECORD = Buffer.from([1])

export function createUnflushedRecords(store: Store): UnflushedRecords {
  let unflushed: StateEntry[] = []
  /** What the checkpoint that is being written in pieces has still to write. */
  let pending: StateEntry[] = []
  let bytes = 0
  let pieceRecords = PIECE_RECORDS_MIN
  let storeIsEmpty = store.range(FIRST_RECORD, RECORDS_END, 1)[Symbol.iterator]().next().done === true

  function write(count: number, metadata: CheckpointMetadata): void {
    const cells = pending.slice(pending.length - count)
    store.checkpoint(encoded(cells), metadata)
    pending.length -= count
    storeIsEmpty = storeIsEmpty && count === 0
    for (const cell of cells) {
      cell.unflushed = false
      cell.owner.unflushed--
      bytes -= bytesOf(cell)
    }
  }

  return {
    add(staged) {
      for (const cell of staged) {
        cell.staged = false
        if (cell.unflushed) continue
        cell.unflushed = true
        cell.owner.unflushed++
        unflushed.push(cell)
        bytes += bytesOf(cell)
      }
      // Twice the rate of new changes, so that the checkpoint catches up.
      pieceRecords = Math.max(PIECE_RECORDS_MIN, 2 * staged.length)
    },
    get bytes() {
      return bytes
    },
    get storeIsEmpty() {
      return storeIsEmpty
    },
    checkpoint(metadata) {
      pending = [...pending, ...unflushed]
      unflushed = []
      write(pending.length, metadata)
    },
    checkpointPiece(metadata) {
      if (pending.length === 0) {
        // Taken from the end: neighbouring records share a page of the store, which each piece that changes it would
        // rewrite.
        pending = unflushed.sort(descending)
        unflushed = []
      }
      const isLast = pending.length <= pieceRecords
      write(
        Math.min(pieceRecords, pending.length),
        isLast ? metadata : (store.metadata() ?? { ...metadata, changelogOffset: 0 }),
      )
      return isLast
    },
    entries: () => [...pending, ...unflushed],
  }
}

function descending(a: StateEntry, b: StateEntry): number {
  return a.key < b.key ? 1 : a.key > b.key ? -1 : 0
}

/** The same for a record whatever has become of it meanwhile. */
function bytesOf({ of }: StateEntry): number {
  return RECORD_OVERHEAD_BYTES + (of.kind.slots === undefined ? RECORD_BYTES : 8 * of.kind.slots)
}

function* encoded(cells: readonly StateEntry[]): Iterable<readonly [Buffer, Buffer | null]> {
  for (const { key, of, id, value } of cells) {
    const { name } = of.kind
    yield [recordKey(key, name, id), value === undefined ? null : storedValue(key, name, id, of.codec.encode(value))]
  }
}
