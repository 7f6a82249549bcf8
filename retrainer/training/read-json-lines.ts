import { openCsv, type CsvOptions } from '../../files/csv-records.ts'
import { formatOf } from '../../files/file-format.ts'
import { headerNames } from '../../files/header-names.ts'
import { jsonRecords } from '../../files/json-records.ts'
import { jsonText } from '../../files/json-text.ts'

export type JsonLine = Readonly<Record<string, unknown>>

/** Thrown for a file of rows that can't be used, with the place and the reason. */
export class JsonLinesError extends Error {
  override readonly name = 'JsonLinesError'
}

/**
 * Reads a file with one JSON object per line, or, if its name ends in `.csv` or `.tsv`, a table with a header line
 * whose cells are texts. Decompresses `.gz` and skips empty lines. Integers beyond 2^53 are BigInts. Throws `FileError`
 * or `JsonLinesError` with the line.
 */
export async function readJsonLines(file: string, options: CsvOptions = {}): Promise<JsonLine[]> {
  const rows = isCsv(file) ? await rowsOfCsv(file, options) : await rowsOfJson(file, options)
  if (rows.length === 0) throw new JsonLinesError(`${file} is empty: there is no row to learn from.`)
  return rows
}

/** Returns whether a file is a CSV or TSV table, by its name. */
export function isCsv(file: string): boolean {
  return ['csv', 'tsv'].includes(formatOf(file) ?? '')
}

/** Returns the fields that occur in any row, in the order of their first occurrence. */
export function fieldNames(rows: readonly JsonLine[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

async function rowsOfJson(file: string, options: CsvOptions): Promise<JsonLine[]> {
  const rows: JsonLine[] = []
  for await (const { row } of jsonRecords(file, options)) rows.push(row)
  return rows
}

async function rowsOfCsv(file: string, options: CsvOptions): Promise<JsonLine[]> {
  const { header = [], records } = await openCsv(file, options)
  const names = headerNames(file, header)
  const rows: JsonLine[] = []
  for await (const { cells, line } of records) {
    if (cells.length !== names.length)
      throw new JsonLinesError(`${file}:${line} has ${cells.length} cells, and the header has ${names.length}.`)
    rows.push(Object.fromEntries(names.map((name, at) => [name, cells[at]!])))
  }
  return rows
}

/** Returns a required field. `place` is the location of the row, for messages. */
export function fieldOf(row: JsonLine, name: string, place: string): unknown {
  if (Object.hasOwn(row, name)) return row[name]
  throw new JsonLinesError(
    `There is no field ${JSON.stringify(name)} in ${place}: it has ${Object.keys(row).join(', ')}.`,
  )
}

/** Returns a text field; null counts as empty. */
export function textField(row: JsonLine, name: string, place: string): string {
  const value = fieldOf(row, name, place) ?? ''
  if (typeof value === 'string') return value
  throw new JsonLinesError(`The field ${JSON.stringify(name)} of ${place} is ${jsonText(value)}: it must be a text.`)
}
