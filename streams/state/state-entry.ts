import type { Kind } from '../../processors/processor.ts'
import type { StateCodec } from './state-codec.ts'

/** What the cells of a key have in common. */
export interface EntryOwner {
  readonly key: string
  /** How many of its cells the store does not hold as they are. */
  unflushed: number
}

/** Who may look at a record: folds at what they fold, decisions at what they decided, the shell at everything. */
export type Phase = 'any' | 'fold' | 'decide'

/** A kind of record of a task: its place among them and how it is written. */
export interface TaskKind {
  readonly index: number
  /** `any`: it is the shell's own. */
  readonly phase: Phase
  readonly kind: Kind<unknown>
  readonly codec: StateCodec
}

/** One record of the state in memory. Its value stands here alone, decoded, until a checkpoint writes it to the store. */
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
  /** The last savepoint after which somebody looked at it, see `UndoLog`. */
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
