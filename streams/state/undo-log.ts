import type { StateEntry } from './state-entry.ts'

/**
 * What the values were before the open transaction, and before its latest savepoint, so that either can be undone. Numbers may be changed in place by whoever
 * got them, so they are copied when they are handed out for the first time since: one copy into memory that is kept, and nothing at all once the transaction
 * is committed.
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

  /** Every value is again what it was at the savepoint; 0: when the transaction began. Gives the cells that were looked at since. */
  rollback(savepoint: number): readonly StateEntry[] {
    const cells = this.#cells.slice(savepoint)
    // The newest first: of a value that was saved several times, the oldest holds.
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
