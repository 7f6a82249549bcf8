import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import type { Dataset } from '../models/model.ts'

/** Cells of a table by column name. */
export type CsvRow = Readonly<Record<string, string>>

/** A category of a column becomes a feature of its own, named `column=category`; rarer ones than these are all zeros. */
const CATEGORIES_MAX = 30

/** Reads a table with a header line; `.gz` is unpacked; commas, semicolons and tabs part the cells. */
export async function readCsv(file: string): Promise<CsvRow[]> {
  const source = createReadStream(file)
  const text = file.endsWith('.gz') ? source.pipe(createGunzip()) : source
  const parser = text.pipe(
    parse({ columns: true, delimiter: [';', ',', '\t'], bom: true, relax_column_count: false, skip_empty_lines: true }),
  )
  const rows: CsvRow[] = []
  source.on('error', (error) => parser.destroy(error))
  for await (const row of parser as AsyncIterable<CsvRow>) rows.push(row)
  if (rows.length === 0) throw new Error(`${file} has no rows below its header.`)
  return rows
}

/** The features that a table gives: numbers as they are, categories one by one. */
export function featureNamesOf(rows: readonly CsvRow[], left: ReadonlySet<string>): string[] {
  const columns = Object.keys(rows[0]!).filter((column) => !left.has(column))
  return columns.flatMap((column) => {
    if (rows.every((row) => isNumber(row[column]!))) return [column]
    const counts = new Map<string, number>()
    for (const row of rows) counts.set(row[column]!, (counts.get(row[column]!) ?? 0) + 1)
    const categories = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, CATEGORIES_MAX)
    return categories.map(([category]) => `${column}=${category}`)
  })
}

/** Rows of numbers in the order of the names; NaN for an empty cell. Throws for a column that is missing. */
export function numbersOf(rows: readonly CsvRow[], featureNames: readonly string[]): Float32Array {
  const columns = new Set(Object.keys(rows[0] ?? {}))
  const readers = featureNames.map((name) => {
    const cut = name.indexOf('=')
    const column = columns.has(name) ? name : name.slice(0, cut)
    if (!columns.has(column))
      throw new Error(`The table has no column ${cut < 0 ? name : column}, which the model was trained on.`)
    const category = name.slice(cut + 1)
    return columns.has(name) ? (row: CsvRow) => numberOf(row[name]!) : (row: CsvRow) => (row[column] === category ? 1 : 0)
  })
  const numbers = new Float32Array(rows.length * featureNames.length)
  for (const [index, row] of rows.entries()) {
    for (const [place, read] of readers.entries()) numbers[index * featureNames.length + place] = read(row)
  }
  return numbers
}

/** A table with its labels as training data. `time`: a column of ISO times or numbers; without one the rows are split at random. */
export function datasetOf(
  rows: readonly CsvRow[],
  {
    target,
    time,
    exclude = [],
  }: { readonly target: string; readonly time?: string | undefined; readonly exclude?: readonly string[] },
): Dataset {
  for (const column of [target, ...(time === undefined ? [] : [time]), ...exclude]) {
    if (!(column in rows[0]!)) throw new Error(`The table has no column ${column}. It has: ${Object.keys(rows[0]!).join(', ')}.`)
  }
  const timeOf = (row: CsvRow) =>
    time === undefined ? Number.NaN : isNumber(row[time]!) ? numberOf(row[time]!) : Date.parse(row[time]!)
  const sorted = time === undefined ? rows : rows.toSorted((one, other) => timeOf(one) - timeOf(other))
  const featureNames = featureNamesOf(sorted, new Set([target, ...(time === undefined ? [] : [time]), ...exclude]))
  return {
    count: sorted.length,
    width: featureNames.length,
    rows: numbersOf(sorted, featureNames),
    texts: sorted.map(() => null),
    featureNames,
    labels: Float64Array.from(sorted, (row) => labelOf(row[target]!)),
    times: Float64Array.from(sorted, timeOf),
  }
}

function isNumber(cell: string): boolean {
  return cell.trim() === '' || Number.isFinite(Number(cell))
}

function numberOf(cell: string): number {
  return cell.trim() === '' ? Number.NaN : Number(cell)
}

const truths: Readonly<Record<string, number>> = { yes: 1, true: 1, y: 1, no: 0, false: 0, n: 0 }

function labelOf(cell: string): number {
  const label = truths[cell.trim().toLowerCase()] ?? numberOf(cell)
  if (Number.isNaN(label)) throw new Error(`The target ${JSON.stringify(cell)} is neither a number nor yes or no.`)
  return label
}
