import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { ImportError } from './importer.ts'

/** A row of a CSV file with its line number, so that errors can name the cell. */
export interface Row {
  readonly file: string
  /** Counted from 1, the header included. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

interface Parsed {
  readonly record: Record<string, string>
  readonly info: { readonly lines: number }
}

export interface CsvOptions {
  /** The columns that the importer reads; a file that lacks one is refused. */
  readonly columns: readonly string[]
  readonly delimiter?: string
}

/** Streams a CSV file (a name that ends in `.gz` is unpacked on the way) in constant memory. */
export async function* csvRows(file: string, options: CsvOptions): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? ',',
    info: true,
    skip_empty_lines: true,
    columns: (header: string[]) => {
      const missing = options.columns.filter((column) => !header.includes(column))
      if (missing.length > 0)
        throw new ImportError(`${file} lacks the columns ${missing.join(', ')}; it has ${header.join(', ')}.`)
      return header
    },
  })
  // An error of the file or of the unpacking reaches the loop below through the parser, which the pipeline destroys
  // with it.
  if (file.endsWith('.gz')) pipeline(createReadStream(file), createGunzip(), parser, () => undefined)
  else pipeline(createReadStream(file), parser, () => undefined)
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>)
      yield { file, line: info.lines, cells: record }
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

/** An amount in units of its currency as minor units (hundredths), rounded to the nearest. */
export function minorUnits(row: Row, column: string): number {
  return Math.round(number(row, column) * 100)
}

/** One of the words that the importer knows, mapped; any other is an error rather than a guess. */
export function mapped<T>(row: Row, column: string, known: Readonly<Record<string, T>>): T {
  const cell = row.cells[column]?.trim() ?? ''
  if (!Object.hasOwn(known, cell)) throw cellError(row, column, `one of ${Object.keys(known).join(', ')}`)
  return known[cell] as T
}
