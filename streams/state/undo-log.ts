import type { StateEntry } from './state-entry.ts'

/**
 * Values before the open transaction and before its latest savepoint, so that either can be undone. Callers may change
 * numbers in place, so these are copied when first accessed after a savepoint: one copy into reused memory, and no work
 * at commit.
 */
export class UndoLog {
  readonly #cells: StateEntry[] = []
  readonly #values: unknown[] = []
  /** Start of each value's numbers in `#numbers`; −1 if it cannot be changed in place. */
  readonly #starts: number[] = []
  #numbers = new Float64Array(4_096)
  #end = 0
  #savepoint = 1
  #transaction = 1

  /** The number of the open transaction. */
  get transaction(): number {
    return this.#transaction
  }

  /** Saves an entry before its value is returned or replaced; once per savepoint is enough. */
  save(entry: StateEntry): void {
    if (entry.savedAt === this.#savepoint) return
    entry.savedAt = this.#savepoint
    const { value } = entry
    this.#cells.push(entry)
    this.#values.push(value)
    if (value instanceof Float64Array) {
      this.#reserve(value.length)
      this.#starts.push(this.#end)
      this.#numbers.set(value, this.#end)
      this.#end += value.length
    } else this.#starts.push(-1)
  }

  /** Starts a savepoint and returns it for `rollback`. */
  savepoint(): number {
    this.#savepoint++
    return this.#cells.length
  }

  /**
   * Restores every value to the savepoint, or with 0 to the start of the transaction. Returns the entries that were
   * accessed since.
   */
  rollback(savepoint: number): readonly StateEntry[] {
    const entries = this.#cells.slice(savepoint)
    // Newest first, so that the oldest of several saved values remains.
    for (let index = this.#cells.length - 1; index >= savepoint; index--) {
      const value = this.#values[index]
      const start = this.#starts[index]!
      if (value instanceof Float64Array) {
        value.set(this.#numbers.subarray(start, start + value.length))
        this.#end = start
      }
      this.#cells[index]!.value = value
    }
    this.#cells.length = this.#values.length = this.#starts.length = savepoint
    this.#savepoint++
    return entries
  }

  /** Drops the saved values and starts the next transaction. */
  commit(): void {
    this.#cells.length = this.#values.length = this.#starts.length = 0
    this.#end = 0
    this.#savepoint++
    this.#transaction++
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#numbers.length) return
    const grown = new Float64Array(Math.max(this.#numbers.length * 2, this.#end + more))
    grown.set(this.#numbers)
    this.#numbers = grown
  }
}
