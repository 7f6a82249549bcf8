import type { WatchedColumn } from '../../models/drift/column-series.ts'
import { isBroken } from '../../models/table/known-cells.ts'
import { numbersOf } from '../../models/table/table-encoding.ts'
import { isAbsent, type TableColumn } from '../../models/table/table.ts'
import type { ColumnHints } from '../../models/table/column-kinds.ts'
import { readColumn, type StreamTable } from './stream-table.ts'

/** A watched column. Columns are read one at a time to save memory. */
export interface ColumnToWatch {
  readonly name: string
  /** What is watched, and why not more. */
  readonly note: string
  readonly column: WatchedColumn
}

/** Share of distinct cells beyond which a column counts as free text, which can't be compared. */
const TEXT_SHARE = 0.5
const TEXT_CELLS_MIN = 50

/**
 * Reads a column in time order. For dates, serial numbers and free text only missing cells are watched, since their
 * values never repeat.
 *
 * @param referenceRows number of first rows that decide the kind of the column
 */
export function columnToWatch(
  stream: StreamTable,
  column: TableColumn,
  referenceRows: number,
  hints: ColumnHints,
): ColumnToWatch {
  const { order } = stream
  const first = order.subarray(0, referenceRows)
  const read = readColumn(stream, column, first, hints, (encoding, cells) => numbersOf(encoding, cells).numbers)
  const missing = column.cells.map((cell) => isAbsent(cell) || isBroken(cell))
  const onlyMissing = (why: string): ColumnToWatch => ({
    name: column.name,
    note: `${why}: only its missing cells are watched`,
    column: {
      kind: 'category',
      names: ['known'],
      codes: Int32Array.from(order, (row) => (missing[column.codes[row]!]! ? -1 : 0)),
    },
  })
  if (read.kind === 'date') return onlyMissing('dates move on')
  if (read.kind === 'number') {
    const values = Float64Array.from(order, (row) => {
      const value = read.numbers![column.codes[row]!]!
      return Number.isFinite(value) ? value : Number.NaN
    })
    if (isSerial(values.subarray(0, referenceRows)))
      return onlyMissing('its numbers go on in one direction, as a numbering')
    return { name: column.name, note: read.note, column: { kind: 'number', values } }
  }
  const known = new Map<string, number>()
  const codeOf = column.cells.map((_, code) => {
    if (missing[code]!) return -1
    const name = read.names[code]!
    const own = known.get(name) ?? known.size
    known.set(name, own)
    return own
  })
  const codes = Int32Array.from(order, (row) => codeOf[column.codes[row]!]!)
  const seen = new Set(codes.subarray(0, referenceRows))
  if (seen.size > TEXT_CELLS_MIN && seen.size > TEXT_SHARE * first.length)
    return onlyMissing('nearly every row has a text of its own')
  return { name: column.name, note: read.note, column: { kind: 'category', names: [...known.keys()], codes } }
}

/** Returns whether the numbers are monotonic and mostly change from row to row, like a serial number. */
function isSerial(values: Float64Array): boolean {
  const known = values.filter((value) => !Number.isNaN(value))
  if (known.length < 20) return false
  let [up, down] = [0, 0]
  for (let at = 1; at < known.length; at++) {
    if (known[at]! > known[at - 1]!) up++
    else if (known[at]! < known[at - 1]!) down++
  }
  return Math.min(up, down) === 0 && Math.max(up, down) > 0.5 * known.length
}
