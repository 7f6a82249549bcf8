import type { Kind } from '../processors/processor.ts'
import { recordKey } from './record-key.ts'
import type { StateCodec } from './state-codec.ts'

/** What the cells of a key have in common. */
export interface CellOwner {
  readonly key: string
  /** How many of its cells the store does not hold as they are. */
  unflushed: number
}

/** One record of the state in memory. Its value stands here alone, decoded, until a checkpoint writes it to the store. */
export class Cell {
  readonly owner: CellOwner
  readonly kind: Kind<unknown>
  readonly id: string
  readonly codec: StateCodec
  /** `undefined`: there is no such record. */
  value: unknown
  /** The open transaction has changed it. */
  staged = false
  /** Committed, but not in the store yet. */
  unflushed = false
  /** The last transaction that looked at it, see `UndoLog`. */
  savedIn = 0
  #name: Buffer | undefined

  constructor(owner: CellOwner, kind: Kind<unknown>, id: string, codec: StateCodec, value: unknown) {
    this.owner = owner
    this.kind = kind
    this.id = id
    this.codec = codec
    this.value = value
  }

  get key(): string {
    return this.owner.key
  }

  /** The record's key in changelog and store. */
  get name(): Buffer {
    return (this.#name ??= recordKey(this.owner.key, this.kind.name, this.id))
  }

  /** The bytes for the changelog; `null`: deleted. To be copied at once. */
  encoded(): Buffer | null {
    return this.value === undefined ? null : this.codec.encodeShared(this.value)
  }
}
