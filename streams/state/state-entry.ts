import type { StateDescriptor } from '../../processors/processor.ts'
import type { StateCodec } from './state-codec.ts'

/** State shared by the entries of a key. */
export interface EntryOwner {
  readonly key: string
  /** Number of entries that differ from the store. */
  unflushed: number
}

/** Phase of record access: folds see `state`, decisions see `decisionState`, the engine (`any`) sees everything. */
export type Phase = 'any' | 'fold' | 'decide'

/** A record kind of a task, with its index and codec. */
export interface TaskKind {
  readonly index: number
  /** Phase that may access it; `any` for the engine's own kinds. */
  readonly phase: Phase
  readonly kind: StateDescriptor<unknown>
  readonly codec: StateCodec
}

/** One state record in memory. Its decoded value exists only here until a checkpoint writes it to the store. */
export class StateEntry {
  readonly owner: EntryOwner
  readonly of: TaskKind
  readonly id: string
  /** `undefined` if there is no such record. */
  value: unknown
  /** Whether the open transaction has changed it. */
  staged = false
  /** Whether it is committed but not in the store yet. */
  unflushed = false
  /** Last savepoint after which the value was read or replaced, see `UndoLog`. */
  savedAt = 0

  constructor(owner: EntryOwner, of: TaskKind, id: string, value: unknown) {
    this.owner = owner
    this.of = of
    this.id = id
    this.value = value
  }

  get key(): string {
    return this.owner.key
  }

  /** Returns the bytes for the changelog, to be copied immediately; `null` if the record was deleted. */
  encoded(): Buffer | null {
    return this.value === undefined ? null : this.of.codec.encodeShared(this.value)
  }
}
