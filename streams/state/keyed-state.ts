import { recordsOf, type DerivedView, type State, type StateDescriptor } from '../../processors/processor.ts'
import { StateEntry, type Phase, type TaskKind } from './state-entry.ts'
import type { SlotsMemory } from './slots-memory.ts'
import type { Timers } from '../task/timers.ts'
import type { UndoLog } from './undo-log.ts'

/** Context shared by the records of all keys of a task. */
export interface RecordContext {
  /** Kinds by name. */
  readonly kinds: ReadonlyMap<string, TaskKind>
  /** Current phase: folding, deciding, or `any` outside a batch. */
  phase: Phase
  /** Reads a record's bytes from the store. */
  read(key: string, kind: string, id: string): Buffer | undefined
  readKind(key: string, kind: string): Iterable<readonly [id: string, value: Buffer]>
  readonly undo: UndoLog
  readonly slots: SlotsMemory
  /** Entries that the open transaction has changed, in order of the first change. */
  readonly staged: StateEntry[]
  readonly timers: Timers
}

/** Records of a kind with non-empty ids. */
interface NamedEntries {
  readonly entries: Map<string, StateEntry>
  /** Sorted ids, the empty one included, once the whole kind has been read; otherwise `null`. */
  ids: string[] | null
}

/** The records of one key as a fold sees them: decoded on first use, staged on the first change of a transaction. */
export class KeyedStateView implements State {
  readonly key: string
  /** Number of entries that differ from the store. */
  unflushed = 0
  /** Number of the last transaction that used this key. */
  usedIn = 0
  /** Number of records in memory for eviction: the key itself and its entries. */
  recordCount = 1
  #growth = 1
  readonly #context: RecordContext
  /** Entries with the empty id, by kind: most kinds have one record per key. */
  readonly #single: (StateEntry | undefined)[] = []
  /** Entries with other ids, by kind. */
  #named: (NamedEntries | undefined)[] | undefined
  /** Entry accessed last: most records are read and then put. */
  #last: StateEntry | undefined
  /** Derived views; few keys have any. */
  #views: Map<DerivedView<unknown, unknown>, unknown> | undefined

  constructor(key: string, context: RecordContext) {
    this.key = key
    this.#context = context
  }

  get<T>(kind: StateDescriptor<T>, id: string): T | undefined {
    const entry = this.#cell(this.#kindOf(kind), id)
    this.#saveIfChangeable(entry)
    return entry.value as T | undefined
  }

  put<T>(kind: StateDescriptor<T>, id: string, value: T): void {
    const of = this.#kindOf(kind)
    // The old value is read even if it is replaced completely: a failed transaction restores it.
    const entry = this.#cell(of, id)
    this.#context.undo.save(entry)
    if (entry.value === undefined) {
      const ids = this.#named?.[of.index]?.ids
      if (ids) insert(ids, id)
    }
    const before = entry.value
    entry.value = this.#kept(of, before, value)
    if (this.#views !== undefined) this.#follow(kind, before, value)
    this.#stage(entry)
  }

  delete(kind: StateDescriptor<unknown>, id: string): void {
    const of = this.#kindOf(kind)
    const entry = this.#cell(of, id)
    if (entry.value === undefined) return
    this.#context.undo.save(entry)
    const ids = this.#named?.[of.index]?.ids
    if (ids) remove(ids, id)
    if (this.#views !== undefined) this.#follow(kind, entry.value, undefined)
    entry.value = undefined
    this.#stage(entry)
  }

  *scan<T>(kind: StateDescriptor<T>, idPrefix = ''): Iterable<readonly [string, T]> {
    const of = this.#kindOf(kind)
    const ids = this.#namedOf(of).ids ?? this.#readWhole(of)
    let index = lowerBound(ids, idPrefix)
    while (index < ids.length) {
      const id = ids[index]!
      if (!id.startsWith(idPrefix)) return
      const entry = this.#known(of, id)!
      this.#saveIfChangeable(entry)
      yield [id, entry.value as T]
      // The caller may put and delete records during the scan: continue after the last id returned.
      index = ids[index] === id ? index + 1 : upperBound(ids, id)
    }
  }

  look<T>(kind: StateDescriptor<T>, idPrefix: string, visit: (id: string, value: T) => boolean): void {
    const of = this.#kindOf(kind)
    const ids = this.#namedOf(of).ids ?? this.#readWhole(of)
    for (let index = idPrefix === '' ? 0 : lowerBound(ids, idPrefix); index < ids.length; index++) {
      const id = ids[index]!
      if (!id.startsWith(idPrefix) || !visit(id, this.#known(of, id)!.value as T)) return
    }
  }

  derived<T, View>(view: DerivedView<T, View>): View {
    const held = this.#views?.get(view)
    if (held !== undefined) {
      this.#kindOf(view.kind)
      return held as View
    }
    const made = view.of(recordsOf(this, view.kind))
    this.#views ??= new Map()
    this.#views.set(view, made)
    return made
  }

  count(kind: StateDescriptor<unknown>, idPrefix = ''): number {
    const of = this.#kindOf(kind)
    const ids = this.#namedOf(of).ids ?? this.#readWhole(of)
    if (idPrefix === '') return ids.length
    const from = lowerBound(ids, idPrefix)
    return firstIndex(ids, from, (id) => !id.startsWith(idPrefix)) - from
  }

  setTimer(name: string, at: number): void {
    this.#context.timers.set(this, name, at)
  }

  clearTimer(name: string): void {
    this.#context.timers.clear(this, name)
  }

  /** Returns the number of records loaded since the last call. */
  takeGrowth(): number {
    const growth = this.#growth
    this.#growth = 0
    return growth
  }

  /** Drops cached ids and views after a rollback, since records may have reappeared or vanished. */
  clearCaches(): void {
    this.#views = undefined
    if (this.#named !== undefined) for (const named of this.#named) if (named !== undefined) named.ids = null
  }

  #follow(kind: StateDescriptor<unknown>, before: unknown, after: unknown): void {
    for (const [view, held] of this.#views!)
      if (view.kind.name === kind.name) this.#views!.set(view, view.changed(held, before, after))
  }

  #kindOf(kind: StateDescriptor<unknown>): TaskKind {
    const of = this.#context.kinds.get(kind.name)
    if (of === undefined) throw new Error(`The kind ${kind.name} is not among the processor's state or decisionState.`)
    const { phase } = this.#context
    if (phase !== of.phase && phase !== 'any' && of.phase !== 'any') throw outOfPhase(kind, phase)
    return of
  }

  #namedOf({ index }: TaskKind): NamedEntries {
    const all = (this.#named ??= [])
    return (all[index] ??= { entries: new Map(), ids: null })
  }

  #known({ index }: TaskKind, id: string): StateEntry | undefined {
    return id === '' ? this.#single[index] : this.#named?.[index]?.entries.get(id)
  }

  #cell(of: TaskKind, id: string): StateEntry {
    const last = this.#last
    if (last !== undefined && last.id === id && last.of === of) return last
    return (this.#last = this.#known(of, id) ?? this.#read(of, id))
  }

  #read(of: TaskKind, id: string): StateEntry {
    const whole = this.#named?.[of.index]?.ids
    const bytes = whole ? undefined : this.#context.read(this.key, of.kind.name, id)
    return this.#hold(of, id, bytes === undefined ? undefined : this.#kept(of, undefined, of.codec.decode(bytes)))
  }

  #hold(of: TaskKind, id: string, value: unknown): StateEntry {
    const entry = new StateEntry(this, of, id, value)
    if (id !== '') this.#namedOf(of).entries.set(id, entry)
    else {
      // Filled from the left: an array with leading holes would slow down every key.
      while (this.#single.length <= of.index) this.#single.push(undefined)
      this.#single[of.index] = entry
    }
    this.recordCount++
    this.#growth++
    return entry
  }

  /** Returns the value to keep. Numbers are copied into shared blocks, so the caller keeps its own array. */
  #kept({ kind }: TaskKind, before: unknown, value: unknown): unknown {
    if (value === before || !kind.slots || !(value instanceof Float64Array)) return value
    if (before instanceof Float64Array && before.length === value.length) {
      before.set(value)
      return before
    }
    return this.#context.slots.keep(value)
  }

  #readWhole(of: TaskKind): string[] {
    for (const [id, bytes] of this.#context.readKind(this.key, of.kind.name)) {
      if (this.#known(of, id) === undefined) this.#hold(of, id, this.#kept(of, undefined, of.codec.decode(bytes)))
    }
    const named = this.#namedOf(of)
    const ids: string[] = this.#single[of.index]?.value === undefined ? [] : ['']
    for (const [id, entry] of named.entries) if (entry.value !== undefined) ids.push(id)
    return (named.ids = ids.sort(byCodeUnits))
  }

  /**
   * Saves numbers on read, since callers may change them in place. Other values are only ever replaced, and saved then,
   * so that a scan of thousands of records saves nothing.
   */
  #saveIfChangeable(entry: StateEntry): void {
    if (entry.value instanceof Float64Array) this.#context.undo.save(entry)
  }

  #stage(entry: StateEntry): void {
    if (entry.staged) return
    entry.staged = true
    this.#context.staged.push(entry)
  }
}

/**
 * Returns the error for access in the wrong phase. A replay folds without models, hence without decisions: decisions
 * must not influence folds, and folds must not read decision state.
 */
function outOfPhase({ name }: StateDescriptor<unknown>, phase: Phase): Error {
  const rule =
    phase === 'fold' ? 'only decide may see it' : 'decide sees what it is given by row, and its own decisionState'
  return new Error(`The records of kind ${name} are out of reach in ${phase}: ${rule}.`)
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function lowerBound(ids: readonly string[], id: string): number {
  return firstIndex(ids, 0, (one) => one >= id)
}

/** Returns the first index from `from` on whose id satisfies `holds`; all later ids must satisfy it too. */
function firstIndex(ids: readonly string[], from: number, holds: (id: string) => boolean): number {
  let low = from
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(ids[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

function upperBound(ids: readonly string[], id: string): number {
  const at = lowerBound(ids, id)
  return ids[at] === id ? at + 1 : at
}

function insert(ids: string[], id: string): void {
  // Ids often increase, so try appending first.
  if (ids.length === 0 || ids[ids.length - 1]! < id) return void ids.push(id)
  const at = lowerBound(ids, id)
  if (ids[at] !== id) ids.splice(at, 0, id)
}

function remove(ids: string[], id: string): void {
  const at = lowerBound(ids, id)
  if (ids[at] === id) ids.splice(at, 1)
}
