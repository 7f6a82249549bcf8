import { openCsv, type CsvOptions } from '../../files/csv-records.ts'
import { formatOf } from '../../files/file-format.ts'
import { headerNames } from '../../files/header-names.ts'
import { jsonRecords } from '../../files/json-records.ts'
import { jsonText } from '../../files/json-text.ts'

export type JsonLine = Readonly<Record<string, unknown>>

/** A file of rows that can't be used, with the place and the reason. */
export class JsonLinesError extends Error {
  override readonly name = 'JsonLinesError'
}

/**
 * Reads a file with a JSON object a line, or, where its name ends in `.csv` or `.tsv`, a table with a header line whose
 * cells are texts. `.gz` is unpacked, empty lines are left out. Whole numbers beyond 2^53 are BigInts. Throws
 * `FileError` or `JsonLinesError` with the line.
 */
export async function readJsonLines(file: string, options: CsvOptions = {}): Promise<JsonLine[]> {
  const rows = isCsv(file) ? await rowsOfCsv(file, options) : await rowsOfJson(file, options)
  if (rows.length === 0) throw new JsonLinesError(`${file} is empty: there is no row to learn from.`)
  return rows
}

/** By its name. */
export function isCsv(file: string): boolean {
  return ['csv', 'tsv'].includes(formatOf(file) ?? '')
}

/** All fields that any of the rows has, in the order in which they first occur. */
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

/** A required field. `place`: the location of the row. */
export function fieldOf(row: JsonLine, name: string, place: string): unknown {
  if (Object.hasOwn(row, name)) return row[name]
  throw new JsonLinesError(
    `There is no field ${JSON.stringify(name)} in ${place}: it has ${Object.keys(row).join(', ')}.`,
  )
}

/** A field that is a text; null is an empty one. */
export function textField(row: JsonLine, name: string, place: string): string {
  const value = fieldOf(row, name, place) ?? ''
  if (typeof value === 'string') return value
  throw new JsonLinesError(`The field ${JSON.stringify(name)} of ${place} is ${jsonText(value)}: it must be a text.`)
}
