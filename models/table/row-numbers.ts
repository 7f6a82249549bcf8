import type { TableColumn } from './table.ts'

/** Fewer rows could be anything. */
const ROWS_MIN = 20

/** A numbering of all rows has gaps where the test rows are, which are a fifth. */
const RANGE_MAX = 1.3

/**
 * Whether a column numbers the rows: whole numbers, each once, that go up (or down) by one with every row of the table
 * or, after the rows were mixed, leave hardly a number out.
 */
export function countsRows({ cells, codes }: TableColumn, rows: Int32Array): boolean {
  if (rows.length < ROWS_MIN || cells.length < rows.length) return false
  const values = new Set<number>()
  let [least, most] = [Infinity, -Infinity]
  for (const row of rows) {
    const cell = cells[codes[row]!]!.trim()
    const value = /^-?\d{1,15}([.,]0+)?$/.test(cell) ? Number.parseInt(cell, 10) : Number.NaN
    if (Number.isNaN(value) || values.has(value)) return false
    values.add(value)
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return most - least < RANGE_MAX * rows.length
}
