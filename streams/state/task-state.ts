import type { StateDescriptor } from '../../processors/processor.ts'
import type { StateEntry, Phase, TaskKind } from './state-entry.ts'
import { KeyedStateView, type RecordContext } from './keyed-state.ts'
import { createEviction } from './eviction.ts'
import { forgetKeys } from './forget-keys.ts'
import { kindRange, parseRecordKey, readStored, recordKey, RECORDS_END, valueOf } from './record-key.ts'
import { reservedKinds } from './reserved-kinds.ts'
import { createSlotsMemory } from './slots-memory.ts'
import { formatId, formatKind, FORMATS_KEY, openFormats, type FormatsOf, type StateFormats } from './state-formats.ts'
import type { CheckpointMetadata, Store } from './store.ts'
import { createTimers, type Timers } from '../task/timers.ts'
import { UndoLog } from './undo-log.ts'
import { createUnflushedRecords } from './unflushed-records.ts'

export interface TaskStateLimits {
  /** Decoded records kept in memory beside the unflushed ones. */
  readonly cachedRecordsMax: number
}

/**
 * The state of one task: decoded records in memory, backed by the store. A changed record stays in memory until a
 * checkpoint has written it to the store; others are evicted when there is no room.
 */
export interface TaskState {
  /** Returns the records of a key, valid until the end of the transaction. */
  keyedState(key: string): KeyedStateView
  readonly timers: Timers
  /** Sets the phase of access to records; access in the wrong phase throws. */
  enter(phase: Phase): void
  /** Adds missing state formats to the transaction; call it before taking the changes. */
  stageFormats(): void
  /** Returns the entries that the transaction has changed so far, each once. */
  staged(): readonly StateEntry[]
  /** Makes the staged changes part of the state after the transaction was committed. */
  commit(): void
  /** Undoes the transaction, or what it did after the savepoint. */
  rollback(savepoint?: Savepoint): void
  /** Starts a savepoint: later changes can be undone alone, until the next savepoint. */
  savepoint(): Savepoint
  /** Approximate bytes that are only in memory and the changelog. */
  readonly unflushedBytes: number
  /**
   * Writes the committed changes to the store, with the changelog offset that they cover. Called between two
   * transactions.
   */
  checkpoint(metadata: CheckpointMetadata): void
  /**
   * Writes a checkpoint in pieces between transactions, so that no event waits long. Pieces written early under the old
   * metadata are harmless: a restore from that offset reads the changes again. `metadata` covers everything committed
   * before the first piece. Returns true once it is complete.
   */
  checkpointPiece(metadata: CheckpointMetadata): boolean
  /** Returns up to `limit` keys after `after`, in byte order. */
  keys(after: string | null, limit: number): string[]
  /** Deletes everything under these keys, as part of the transaction. */
  forget(keys: readonly string[]): void
}

/** Record kinds of a task, by who may access them. */
export interface TaskKinds extends Partial<Pick<FormatsOf, 'name' | 'version'>> {
  /** Kinds for folds. */
  readonly state: readonly StateDescriptor<unknown>[]
  /** Kinds for decisions. */
  readonly decisionState?: readonly StateDescriptor<unknown>[]
}

/** Returns every record kind in a task's state, including the engine's own. */
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

/** First possible key after those of the engine's own records, which begin with a lower character. */
const FIRST_KEY = '\u0002'

export function createTaskState(store: Store, kinds: TaskKinds, limits: TaskStateLimits): TaskState {
  const cache = new Map<string, KeyedStateView>()
  const undo = new UndoLog()
  const staged: StateEntry[] = []
  const unflushed = createUnflushedRecords(store)
  const timers = createTimers(keyedState)
  const formats = openFormats(store, kindsOf(kinds))
  let [unsavedFormats, formatsStaged] = [formats.unsaved, false]
  const context: RecordContext = {
    kinds: tableOf(kinds, formats),
    phase: 'any',
    read(key, kind, id) {
      if (unflushed.storeIsEmpty) return undefined
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
  const kindNamed = (name: string) => context.kinds.get(name)?.kind

  function keyedState(key: string): KeyedStateView {
    let records = cache.get(key)
    if (records === undefined) cache.set(key, (records = new KeyedStateView(key, context)))
    if (records.usedIn !== undo.transaction) {
      records.usedIn = undo.transaction
      eviction.used(records)
    }
    return records
  }

  return {
    keyedState,
    timers,
    enter: (phase) => void (context.phase = phase),
    stageFormats() {
      for (const format of unsavedFormats) keyedState(FORMATS_KEY).put(formatKind, formatId(format), format)
      formatsStaged = true
    },
    staged: () => staged,
    commit() {
      if (formatsStaged) unsavedFormats = []
      unflushed.add(staged)
      staged.length = 0
      undo.commit()
      eviction.makeRoom(undo.transaction)
    },
    savepoint: () => ({ undo: undo.savepoint(), staged: staged.length }),
    rollback(savepoint = TRANSACTION_START) {
      formatsStaged = false
      for (let index = savepoint.staged; index < staged.length; index++) staged[index]!.staged = false
      staged.length = savepoint.staged
      for (const entry of undo.rollback(savepoint.undo)) (entry.owner as KeyedStateView).clearCaches()
    },
    get unflushedBytes() {
      return unflushed.bytes
    },
    checkpoint: unflushed.checkpoint,
    checkpointPiece: unflushed.checkpointPiece,
    keys: (after, limit) => keysAfter(store, unflushed.entries(), after, limit),
    forget: (keys) => forgetKeys({ store, unflushed: unflushed.entries(), timers, keyedState, kindNamed }, keys),
  }
}

/**
 * Merges the keys of the store and of unflushed records, which are few. A key whose records are all deleted is left out
 * although the store still holds some: a replay, which flushes at other moments, must see the same keys.
 */
function keysAfter(store: Store, unflushed: Iterable<StateEntry>, after: string | null, limit: number): string[] {
  const found = new Set<string>()
  const deleted = new Map<string, Set<string>>()
  for (const { key, of, id, value } of unflushed) {
    if (key < FIRST_KEY || (after !== null && byBytes(key, after) <= 0)) continue
    if (value !== undefined) found.add(key)
    else deleted.set(key, (deleted.get(key) ?? new Set()).add(recordKey(key, of.kind.name, id).toString('latin1')))
  }
  let from = after === null ? Buffer.from(FIRST_KEY) : Buffer.from(`${after}\u0001`, 'utf8')
  for (let kept = 0; kept < limit;) {
    const next = store.range(from, RECORDS_END, 1)[Symbol.iterator]().next()
    if (next.done === true) break
    const { key } = parseRecordKey(next.value.key)
    from = Buffer.from(`${key}\u0001`, 'utf8')
    if (!found.has(key) && !hasOthers(store, key, deleted.get(key))) continue
    found.add(key)
    kept++
  }
  return [...found].sort(byBytes).slice(0, limit)
}

/** Whether the store holds records of a key beside the deleted ones. */
function hasOthers(store: Store, key: string, deleted: ReadonlySet<string> | undefined): boolean {
  if (deleted === undefined) return true
  for (const record of store.range(Buffer.from(`${key}\u0000`), Buffer.from(`${key}\u0001`)))
    if (!deleted.has(record.key.toString('latin1'))) return true
  return false
}

/** Compares keys in the store's order, so that the next page begins where this one ends. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
