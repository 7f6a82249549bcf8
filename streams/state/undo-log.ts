import type { StateEntry } from './state-entry.ts'

/**
 * Values before the open transaction, and before its latest savepoint, so that either can be undone. Callers may change
 * numbers in place, so these are copied when first handed out since a savepoint: one copy into reused memory, and no
 * work at commit.
 */
export class UndoLog {
  readonly #cells: StateEntry[] = []
  readonly #values: unknown[] = []
  /** Where the numbers of a value lie; −1: it is none that could be changed in place. */
  readonly #starts: number[] = []
  #numbers = new Float64Array(4_096)
  #end = 0
  #savepoint = 1
  #transaction = 1

  /** The number of the open transaction. */
  get transaction(): number {
    return this.#transaction
  }

  /** To be called before the value is handed out or replaced; once a savepoint is enough. */
  save(cell: StateEntry): void {
    if (cell.savedAt === this.#savepoint) return
    cell.savedAt = this.#savepoint
    const { value } = cell
    this.#cells.push(cell)
    this.#values.push(value)
    if (value instanceof Float64Array) {
      this.#reserve(value.length)
      this.#starts.push(this.#end)
      this.#numbers.set(value, this.#end)
      this.#end += value.length
    } else this.#starts.push(-1)
  }

  /** What comes from here on can be undone alone, with what this gives. */
  savepoint(): number {
    this.#savepoint++
    return this.#cells.length
  }

  /**
   * Restores every value to the savepoint; 0: to the start of the transaction. Returns the entries that were read
   * since.
   */
  rollback(savepoint: number): readonly StateEntry[] {
    const cells = this.#cells.slice(savepoint)
    // Newest first: of a value saved several times, the oldest one remains.
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
    return cells
  }

  /** What was done stays done. */
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
