import { numberIn, dateIn } from './cells.ts'
import { columnNamed, isAbsent, TableError, type Table } from './table.ts'

/** What is to be learned, and from which rows. */
export interface Target {
  readonly kind: 'classification' | 'regression'
  /** The rows whose label is known. */
  readonly rows: Int32Array
  /** One for each of them. */
  readonly labels: Float64Array
  /** For classification: the cell that means 1. */
  readonly positive: string | null
}

export interface TargetOptions {
  readonly positive?: string | undefined
  readonly kind?: 'classification' | 'regression' | undefined
}

const usuallyPositive = ['1', 'yes', 'true', 'y', 't', 'positive', 'won', 'converted']

/** Two different cells are two classes, numbers are rates. Throws `TableError` if it is ambiguous. */
export function readTarget(table: Table, column: string, { positive, kind }: TargetOptions = {}): Target {
  const { cells, codes } = columnNamed(table, column)
  const used = new Uint8Array(cells.length)
  for (const code of codes) used[code] = 1
  const known = cells.filter((cell, code) => used[code] === 1 && !isAbsent(cell))
  if (known.length === 0) throw new TableError(`The target ${column} is missing in every row.`)
  const numbers = known.every((cell) => numberIn(cell, 'point') !== undefined)
  const regression =
    kind === 'regression' || (kind === undefined && positive === undefined && numbers && known.length > 2)
  if (regression && !numbers)
    throw new TableError(
      `The target ${column} has the cell ${JSON.stringify(known.find((cell) => numberIn(cell, 'point') === undefined))}, which is no number.`,
    )
  const one = regression ? null : positiveOf(column, known, positive)
  const value = (cell: string): number => {
    if (isAbsent(cell)) return Number.NaN
    if (one !== null) return cell === one ? 1 : 0
    const number = numberIn(cell, 'point')!
    if (!Number.isFinite(number))
      throw new TableError(`The target ${column} has the cell ${JSON.stringify(cell)}: a number must be finite.`)
    return number
  }
  const values = cells.map((cell, code) => (used[code] === 1 ? value(cell) : Number.NaN))
  const rows = Int32Array.from(codes.keys()).filter((row) => !Number.isNaN(values[codes[row]!]!))
  return {
    kind: regression ? 'regression' : 'classification',
    rows,
    labels: Float64Array.from(rows, (row) => values[codes[row]!]!),
    positive: one,
  }
}

function positiveOf(column: string, known: readonly string[], asked: string | undefined): string {
  if (known.length === 1)
    throw new TableError(
      `The target ${column} is ${JSON.stringify(known[0])} in every row: with a single class there is nothing to learn.`,
    )
  if (asked !== undefined) {
    const found = known.find((cell) => cell.trim() === asked)
    if (found === undefined)
      throw new TableError(`The target ${column} is never ${JSON.stringify(asked)}. It has: ${shown(known)}.`)
    return found
  }
  if (known.length > 2)
    throw new TableError(
      `The target ${column} has ${known.length} different cells (${shown(known)}): say which of them is meant with --positive.`,
    )
  const usual = known.find((cell) => usuallyPositive.includes(cell.trim().toLowerCase()))
  return usual ?? known.toSorted()[1]!
}

function shown(cells: readonly string[]): string {
  const first = cells.slice(0, 6).map((cell) => JSON.stringify(cell))
  return cells.length > 6 ? `${first.join(', ')}, …` : first.join(', ')
}

/** Milliseconds or the numbers themselves, one a row. Throws `TableError` for a cell that is no moment. */
export function readTimes(table: Table, column: string): Float64Array {
  const { cells, codes } = columnNamed(table, column)
  const moments = cells.map((cell) => dateIn(cell) ?? numberIn(cell, 'point') ?? Number.NaN)
  const wrong = codes.findIndex((code) => !Number.isFinite(moments[code]!))
  if (wrong !== -1)
    throw new TableError(
      `The time ${column} of row ${wrong + 1} is ${JSON.stringify(cells[codes[wrong]!])}: it must be a date as in 2026-11-23 or a number.`,
    )
  return Float64Array.from(codes, (code) => moments[code]!)
}
