import { rowsWhere, type CellCount } from './known-cells.ts'

/** Minimum number of distinct values; with fewer, the column can be read as categories without loss. */
const VALUES_MIN = 50
/** Maximum number of distinct words that are taken for placeholders of a missing value. */
const WORDS_MAX = 3

/**
 * Returns the words that stand for a missing value among many distinct values (`unknown`, `k.A.`), however many rows
 * have them; empty if there are more than a few such words. `isValue` tests for a value.
 */
export function missingMarkers(cells: readonly CellCount[], isValue: (cell: string) => boolean): readonly string[] {
  const words = cells.filter(({ cell }) => !isValue(cell)).map(({ cell }) => cell)
  return words.length > 0 && words.length <= WORDS_MAX && cells.length - words.length >= VALUES_MIN ? words : []
}

/** Describes the stand-ins and the number of their rows; empty if there are none. */
export function missingMarkersMessage(cells: readonly CellCount[], words: readonly string[]): string {
  if (words.length === 0) return ''
  const rows = rowsWhere(cells, (cell) => words.includes(cell))
  return `${words.map((word) => JSON.stringify(word)).join(', ')} in ${rows} rows ${words.length === 1 ? 'counts' : 'count'} as missing`
}

/** A number of nines, which programs write for a missing value. */
const nines = /^-?9{2,}([.,](9+|0+))?$/
/** Minimum number of rows with the number for a warning. */
const ROWS_MIN = 3

/**
 * Warns if a frequent number such as -999 is farther from the others than their whole range, or if -1 is the only
 * negative number; otherwise empty.
 */
export function sentinelMessage(cells: readonly CellCount[], read: (cell: string) => number | undefined): string {
  const values = cells
    .flatMap(({ cell, count }) => {
      const value = read(cell)
      return value === undefined ? [] : [{ cell, count, value }]
    })
    .sort((one, other) => one.value - other.value)
  const ends = [
    { end: values.at(0), others: values.slice(1) },
    { end: values.at(-1), others: values.slice(0, -1) },
  ]
  const found = ends.flatMap(({ end, others }) => {
    if (end === undefined || others.length < 2 || end.count < ROWS_MIN || !nines.test(end.cell.trim())) return []
    const [least, most] = [others[0]!.value, others.at(-1)!.value]
    return Math.min(Math.abs(end.value - least), Math.abs(end.value - most)) > most - least ? [end] : []
  })
  return [...found.map(farSentinelMessage), ...onlyBelow(values).map(negativeSentinelMessage)].join('; ')
}

interface Counted {
  readonly cell: string
  readonly count: number
  readonly value: number
}

function farSentinelMessage({ cell, count }: Counted): string {
  return `${cell.trim()} in ${count} rows lies far from all others: if it stands for a missing value, empty these cells`
}

/** Returns -1 if it is the only negative number among integers, which programs write for "never" and "unknown". */
function onlyBelow(values: readonly Counted[]): Counted[] {
  const below = values.filter(({ value }) => value < 0)
  const isMinusOne = below.length === 1 && below[0]!.value === -1 && below[0]!.count >= ROWS_MIN
  return isMinusOne && values.length > 3 && values.every(({ value }) => Number.isInteger(value)) ? below : []
}

function negativeSentinelMessage({ cell, count }: Counted): string {
  return `${cell.trim()} in ${count} rows is the only number below 0: if it stands for a missing value, empty these cells`
}
