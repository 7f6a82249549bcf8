import type { TableColumn } from './table.ts'

/** Minimum number of rows to decide on. */
const ROWS_MIN = 20

/** Steps of a numbering; old programs leave gaps between numbers. */
const STEPS = new Set([1, 10, 100])

/**
 * Range of the numbers relative to their count: a numbering of all rows has gaps for the test rows, which are a fifth.
 */
const RANGE_MAX = 1.3

/**
 * Returns whether a column numbers the rows: distinct integers in steps of one, ten or a hundred that, in any order,
 * cover their range almost without gaps.
 */
export function isRowNumber({ cells, codes }: TableColumn, rows: Int32Array): boolean {
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
  const step = [...values].reduce((common, value) => commonDivisor(common, value - least), 0)
  return most - least < RANGE_MAX * rows.length * (STEPS.has(step) ? step : 1)
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other)
}
