import { recordKey, RECORDS_END, storedValue } from './record-key.ts'
import type { StateEntry } from './state-entry.ts'
import type { CheckpointMetadata, Store } from './store.ts'

/** Committed changes that the store does not hold yet. A checkpoint writes them. */
export interface UnflushedRecords {
  /** Adds the changes of a committed transaction. */
  add(staged: readonly StateEntry[]): void
  /** Approximate size in bytes. */
  readonly bytes: number
  /** Whether the store is empty, so that it need not be read for the first keys of a new task. */
  readonly storeIsEmpty: boolean
  checkpoint(metadata: CheckpointMetadata): void
  checkpointPiece(metadata: CheckpointMetadata): boolean
  entries(): Iterable<StateEntry>
}

/** Measured memory overhead of a record: its entry, its key and its place in the maps. */
const RECORD_OVERHEAD_BYTES = 500
/** Assumed size of a record whose encoded size is not known. */
const RECORD_BYTES = 256
const PIECE_RECORDS_MIN = 500

const FIRST_RECORD = Buffer.from([1])

export function createUnflushedRecords(store: Store): UnflushedRecords {
  let unflushed: StateEntry[] = []
  /** Entries that the checkpoint in progress has still to write. */
  let pending: StateEntry[] = []
  let bytes = 0
  let pieceRecords = PIECE_RECORDS_MIN
  let storeIsEmpty = store.range(FIRST_RECORD, RECORDS_END, 1)[Symbol.iterator]().next().done === true

  function write(count: number, metadata: CheckpointMetadata): void {
    const entries = pending.slice(pending.length - count)
    store.checkpoint(encoded(entries), metadata)
    pending.length -= count
    storeIsEmpty = storeIsEmpty && count === 0
    for (const entry of entries) {
      entry.unflushed = false
      entry.owner.unflushed--
      bytes -= bytesOf(entry)
    }
  }

  return {
    add(staged) {
      for (const entry of staged) {
        entry.staged = false
        if (entry.unflushed) continue
        entry.unflushed = true
        entry.owner.unflushed++
        unflushed.push(entry)
        bytes += bytesOf(entry)
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
        // Sorted, so that neighbouring records, which share a page of the store, are mostly in one piece: each piece
        // that changes a page rewrites it. Descending, since pieces are taken from the end.
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

/** Returns the assumed size of a record, which does not change with its value. */
function bytesOf({ of }: StateEntry): number {
  return RECORD_OVERHEAD_BYTES + (of.kind.slots === undefined ? RECORD_BYTES : 8 * of.kind.slots)
}

function* encoded(entries: readonly StateEntry[]): Iterable<readonly [Buffer, Buffer | null]> {
  for (const { key, of, id, value } of entries) {
    const { name } = of.kind
    yield [recordKey(key, name, id), value === undefined ? null : storedValue(key, name, id, of.codec.encode(value))]
  }
}
