import { openCsv } from '../files/csv-records.ts'
import { ImportError } from './importer.ts'

/** A row of a CSV file with its line number, so that errors can name the cell. */
export interface Row {
  readonly file: string
  /** Line number from 1, including the header. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

export interface CsvOptions {
  /** Columns that the importer reads; a file that lacks one is rejected. */
  readonly columns: readonly string[]
  readonly delimiter?: string
}

/** Streams a CSV file in constant memory, decompressing `.gz`. */
export async function* csvRows(file: string, options: CsvOptions): AsyncGenerator<Row> {
  try {
    const { header = [], records } = await openCsv(file, { delimiter: options.delimiter ?? ',' })
    const missing = options.columns.filter((column) => !header.includes(column))
    if (missing.length > 0)
      throw new ImportError(`${file} lacks the columns ${missing.join(', ')}; it has ${header.join(', ')}.`)
    for await (const { cells, line } of records) {
      if (cells.length !== header.length)
        throw new ImportError(`${file}:${line} has ${cells.length} cells, and the header has ${header.length}.`)
      yield { file, line, cells: Object.fromEntries(header.map((name, at) => [name, cells[at]!])) }
    }
  } catch (cause) {
    if (cause instanceof ImportError) throw cause
    throw new ImportError(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

export function cellError(row: Row, column: string, expected: string): ImportError {
  return new ImportError(
    `${row.file}:${row.line}: ${column} is ${JSON.stringify(row.cells[column])}, which is not ${expected}.`,
  )
}

export function text(row: Row, column: string): string {
  const cell = row.cells[column]?.trim()
  if (cell === undefined || cell === '') throw cellError(row, column, 'a text')
  return cell
}

export function textOrNull(row: Row, column: string): string | null {
  const cell = row.cells[column]?.trim()
  return cell === undefined || cell === '' ? null : cell
}

export function number(row: Row, column: string): number {
  const cell = text(row, column)
  const value = Number(cell)
  if (!Number.isFinite(value)) throw cellError(row, column, 'a number')
  return value
}

/** Returns an amount in minor units (hundredths), rounded to the nearest. */
export function minorUnits(row: Row, column: string): number {
  return Math.round(number(row, column) * 100)
}

/** Maps a known word; throws for any other rather than guess. */
export function mapped<T>(row: Row, column: string, known: Readonly<Record<string, T>>): T {
  const cell = row.cells[column]?.trim() ?? ''
  if (!Object.hasOwn(known, cell)) throw cellError(row, column, `one of ${Object.keys(known).join(', ')}`)
  return known[cell] as T
}
