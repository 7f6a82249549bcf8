import { rowsWhere, type CellCount } from './known-cells.ts'

/** With fewer different values a column is as well one of categories, in which nothing is lost. */
const VALUES_MIN = 50
/** More different words are no way to say that a value is missing. */
const WORDS_MAX = 3

/**
 * The words that stand for a missing value among many different ones (`unknown`, `k.A.`), however many rows have them;
 * empty where other cells are more than a few words. `isValue`: whether a cell is one of the many.
 */
export function standIns(cells: readonly CellCount[], isValue: (cell: string) => boolean): readonly string[] {
  const words = cells.filter(({ cell }) => !isValue(cell)).map(({ cell }) => cell)
  return words.length > 0 && words.length <= WORDS_MAX && cells.length - words.length >= VALUES_MIN ? words : []
}

/** How many rows have a stand-in, and which; empty where there is none. */
export function standInWords(cells: readonly CellCount[], words: readonly string[]): string {
  if (words.length === 0) return ''
  const rows = rowsWhere(cells, (cell) => words.includes(cell))
  return `${words.map((word) => JSON.stringify(word)).join(', ')} in ${rows} rows ${words.length === 1 ? 'counts' : 'count'} as missing`
}

/** A number of nines, as programs write for a missing one. */
const nines = /^-?9{2,}([.,](9+|0+))?$/
/** So many rows are no chance. */
const ROWS_MIN = 3

/**
 * Says where a number such as -999, which many rows have, lies farther out than the others are apart, or -1 is the only
 * one below 0; empty elsewhere.
 */
export function oddNumberWords(cells: readonly CellCount[], read: (cell: string) => number | undefined): string {
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
  return [...found.map(farWords), ...onlyBelow(values).map(belowWords)].join('; ')
}

interface Counted {
  readonly cell: string
  readonly count: number
  readonly value: number
}

function farWords({ cell, count }: Counted): string {
  return `${cell.trim()} in ${count} rows lies far from all others: if it stands for a missing value, empty these cells`
}

/** A -1 among whole numbers of which no other is below 0, as programs write for "never" and "unknown". */
function onlyBelow(values: readonly Counted[]): Counted[] {
  const below = values.filter(({ value }) => value < 0)
  const isMinusOne = below.length === 1 && below[0]!.value === -1 && below[0]!.count >= ROWS_MIN
  return isMinusOne && values.length > 3 && values.every(({ value }) => Number.isInteger(value)) ? below : []
}

function belowWords({ cell, count }: Counted): string {
  return `${cell.trim()} in ${count} rows is the only number below 0: if it stands for a missing value, empty these cells`
}
