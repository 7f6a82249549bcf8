import type { StateDescriptor } from '../../processors/processor.ts'
import type { StateEntry, Phase, TaskKind } from './state-entry.ts'
import { KeyedStateView, type RecordContext } from './keyed-state.ts'
import { kindRange, parseRecordKey, readStored, recordKey, storedValue, valueOf } from './record-key.ts'
import { reservedKinds } from './reserved-kinds.ts'
import { createSlotsMemory } from './slots-memory.ts'
import { formatId, formatKind, FORMATS_KEY, openFormats, type FormatsOf, type StateFormats } from './state-formats.ts'
import type { CheckpointMetadata, Store } from './store.ts'
import { createTimers, type Timers } from '../task/timers.ts'
import { UndoLog } from './undo-log.ts'

export interface TaskStateLimits {
  /** Decoded records kept in memory beside those that the store does not hold yet. */
  readonly cachedRecordsMax: number
}

/**
 * The state of one task: decoded records in memory, backed by the store. A changed record stays in memory until a
 * checkpoint has written it to the store; others are evicted when there is no room.
 */
export interface TaskState {
  /** The records of a key, valid until the end of the transaction. */
  memory(key: string): KeyedStateView
  readonly timers: Timers
  /** Says who looks at records from now on; whatever is out of place then throws. */
  enter(phase: Phase): void
  /** Adds missing state formats to the transaction; call it before taking the changes. */
  stageFormats(): void
  /** What the transaction has changed so far, each record once. */
  staged(): readonly StateEntry[]
  /** The transaction is committed: what it staged is the state. */
  commit(): void
  /** The transaction did not happen; or only what came before the savepoint did. */
  rollback(savepoint?: Savepoint): void
  /** What the open transaction does from here on can be undone alone, until the next savepoint. */
  savepoint(): Savepoint
  /** Bytes, about, that only memory and changelog hold. */
  readonly unflushedBytes: number
  /**
   * Writes what is committed to the store, with the changelog offset that it covers. Called between two transactions.
   */
  checkpoint(metadata: CheckpointMetadata): void
  /**
   * Writes a checkpoint in pieces between transactions, so that no event waits long. Pieces written early under the old
   * metadata are harmless: a restore from there reads the changes again. `metadata` covers what was committed at the
   * first piece. Returns true once it is complete.
   */
  checkpointPiece(metadata: CheckpointMetadata): boolean
  /** Keys after `after` in order, each once. */
  keys(after: string | null, limit: number): string[]
}

/** The kinds of records of a task, by who may look at them. */
export interface TaskKinds extends Partial<Pick<FormatsOf, 'name' | 'version'>> {
  /** Folds. */
  readonly state: readonly StateDescriptor<unknown>[]
  /** Decisions. */
  readonly decisionState?: readonly StateDescriptor<unknown>[]
}

/** Every kind of record that a task's state has, the shell's own among them. */
export function kindsOf({ name = '', version = 0, state, decisionState = [] }: TaskKinds): FormatsOf {
  return { name, version, kinds: [...state, ...decisionState, ...reservedKinds] }
}

function tableOf({ state, decisionState = [] }: TaskKinds, formats: StateFormats): ReadonlyMap<string, TaskKind> {
  const phases: [Phase, readonly StateDescriptor<unknown>[]][] = [
    ['fold', state],
    ['decide', decisionState],
    ['any', [...reservedKinds, formatKind]],
  ]
  const kinds = phases.flatMap(([phase, list]) => list.map((kind) => ({ phase, kind, codec: formats.codecOf(kind) })))
  return new Map(kinds.map((of, index) => [of.kind.name, { ...of, index }]))
}

export interface Savepoint {
  readonly undo: number
  readonly staged: number
}

const TRANSACTION_START: Savepoint = { undo: 0, staged: 0 }

/** Measured memory overhead of a record: its entry, its key and its place among the keys. */
const RECORD_OVERHEAD_BYTES = 500
/** For those whose size is not known before they are encoded. */
const RECORD_BYTES = 256
const PIECE_RECORDS_MIN = 500

const FIRST_RECORD = Buffer.from([1])
const END = Buffer.from([0xff])

export function createTaskState(store: Store, kinds: TaskKinds, limits: TaskStateLimits): TaskState {
  const cache = new Map<string, KeyedStateView>()
  const undo = new UndoLog()
  const staged: StateEntry[] = []
  let unflushed: StateEntry[] = []
  /** What the checkpoint that is being written in pieces has still to write. */
  let pending: StateEntry[] = []
  let unflushedBytes = 0
  let pieceRecords = PIECE_RECORDS_MIN
  // The store of a new task holds no information about its first keys.
  let storeIsEmpty = store.range(FIRST_RECORD, END, 1)[Symbol.iterator]().next().done === true
  const timers = createTimers(memory)
  const formats = openFormats(store, kindsOf(kinds))
  let untold = formats.unsaved
  let tells = false
  const context: RecordContext = {
    kinds: tableOf(kinds, formats),
    phase: 'any',
    read(key, kind, id) {
      if (storeIsEmpty) return undefined
      const stored = store.get(recordKey(key, kind, id))
      return stored === undefined ? undefined : valueOf(key, kind, id, stored)
    },
    *readKind(key, kind) {
      for (const { key: name, value } of store.range(...kindRange(key, kind)))
        yield readStored(parseRecordKey(name), value)
    },
    undo,
    slots: createSlotsMemory(),
    staged,
    timers,
  }
  const eviction = createEviction(cache, limits.cachedRecordsMax)

  function memory(key: string): KeyedStateView {
    let records = cache.get(key)
    if (records === undefined) cache.set(key, (records = new KeyedStateView(key, context)))
    if (records.usedIn !== undo.transaction) {
      records.usedIn = undo.transaction
      eviction.used(records)
    }
    return records
  }

  function write(count: number, metadata: CheckpointMetadata): void {
    const cells = pending.slice(pending.length - count)
    store.checkpoint(encoded(cells), metadata)
    pending.length -= count
    storeIsEmpty = storeIsEmpty && count === 0
    for (const cell of cells) {
      cell.unflushed = false
      cell.owner.unflushed--
      unflushedBytes -= bytesOf(cell)
    }
  }

  return {
    memory,
    timers,
    enter: (phase) => void (context.phase = phase),
    stageFormats() {
      for (const format of untold) memory(FORMATS_KEY).put(formatKind, formatId(format), format)
      tells = true
    },
    staged: () => staged,
    commit() {
      if (tells) untold = []
      for (const cell of staged) {
        cell.staged = false
        if (cell.unflushed) continue
        cell.unflushed = true
        cell.owner.unflushed++
        unflushed.push(cell)
        unflushedBytes += bytesOf(cell)
      }
      // Twice the rate of new changes, so that the checkpoint catches up.
      pieceRecords = Math.max(PIECE_RECORDS_MIN, 2 * staged.length)
      staged.length = 0
      undo.commit()
      eviction.makeRoom(undo.transaction)
    },
    savepoint: () => ({ undo: undo.savepoint(), staged: staged.length }),
    rollback(savepoint = TRANSACTION_START) {
      tells = false
      for (let index = savepoint.staged; index < staged.length; index++) staged[index]!.staged = false
      staged.length = savepoint.staged
      for (const cell of undo.rollback(savepoint.undo)) (cell.owner as KeyedStateView).forgetOrder()
    },
    get unflushedBytes() {
      return unflushedBytes
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
    keys(after, limit) {
      const found = new Set<string>()
      let from = after === null ? Buffer.from('\u0002') : Buffer.from(`${after}\u0001`, 'utf8')
      while (found.size < limit) {
        const next = store.range(from, END, 1)[Symbol.iterator]().next()
        if (next.done === true) break
        const { key } = parseRecordKey(next.value.key)
        found.add(key)
        from = Buffer.from(`${key}\u0001`, 'utf8')
      }
      // Few committed keys are missing from the store: those since the last checkpoint.
      for (const { key } of [...pending, ...unflushed])
        if (key >= '\u0002' && (after === null || byBytes(key, after) > 0)) found.add(key)
      return [...found].sort(byBytes).slice(0, limit)
    },
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

/**
 * Evicts keys from memory when there are too many records. A hand cycles over the keys and evicts those not used since
 * its last pass (the clock algorithm: Corbató 1969), a few steps per transaction.
 */
function createEviction(cache: Map<string, KeyedStateView>, recordsMax: number) {
  let hand = cache.values()
  let passBegan = 0
  let records = 0
  const used: KeyedStateView[] = []

  return {
    used: (of: KeyedStateView) => void used.push(of),
    makeRoom(transaction: number) {
      for (const of of used) {
        records += of.takeGrowth()
      }
      for (let looks = 64 + 2 * used.length; records > recordsMax && looks > 0; looks--) {
        const next = hand.next()
        if (next.done === true) {
          hand = cache.values()
          passBegan = transaction
          continue
        }
        const { value } = next
        if (value.unflushed > 0 || value.usedIn >= passBegan) continue
        cache.delete(value.key)
        records -= value.recordCount
      }
      used.length = 0
    },
  }
}

/** As the store sorts, so that the next page begins where this one ends. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
