import type { StateDescriptor } from '../../processors/processor.ts'
import type { StateCodec } from './state-codec.ts'

/** What the entries of a key share. */
export interface EntryOwner {
  readonly key: string
  /** Number of entries that differ from the store. */
  unflushed: number
}

/** Access to records: folds see what they fold, decisions what they decided, the engine everything. */
export type Phase = 'any' | 'fold' | 'decide'

/** A kind of record of a task: its place among them and how it is written. */
export interface TaskKind {
  readonly index: number
  /** `any`: it is the shell's own. */
  readonly phase: Phase
  readonly kind: StateDescriptor<unknown>
  readonly codec: StateCodec
}

/** One state record in memory. Its decoded value exists only here until a checkpoint writes it to the store. */
export class StateEntry {
  readonly owner: EntryOwner
  readonly of: TaskKind
  readonly id: string
  /** `undefined`: there is no such record. */
  value: unknown
  /** The open transaction has changed it. */
  staged = false
  /** Committed, but not in the store yet. */
  unflushed = false
  /** The last savepoint after which the value was read, see `UndoLog`. */
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

  /** The bytes for the changelog; `null`: deleted. To be copied at once. */
  encoded(): Buffer | null {
    return this.value === undefined ? null : this.of.codec.encodeShared(this.value)
  }
}
