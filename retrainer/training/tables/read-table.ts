import { openCsv, type CsvOptions } from '../../../files/csv-records.ts'
import { formatOf } from '../../../files/file-format.ts'
import { parseJson, jsonText } from '../../../files/json-text.ts'
import { textLines } from '../../../files/text-lines.ts'
import { TableError, type Table, type TableColumn } from '../../../models/table/table.ts'

/**
 * Reads a table: cells parted by commas, semicolons, tabs or bars below a header line, or a JSON object a line
 * (`.jsonl`, `.ndjson`); `.gz` is unpacked. A cell that occurs again takes four bytes. Throws `FileError` or
 * `TableError` with what is wrong and where.
 */
export function readTable(file: string, options: CsvOptions = {}): Promise<Table> {
  return formatOf(file) === 'json' ? tableOfJson(file, options) : tableOfCsv(file, options)
}

async function tableOfCsv(file: string, options: CsvOptions): Promise<Table> {
  const { delimiter, header, records } = await openCsv(file, options)
  const columns = createColumns(file)
  if (header !== undefined) columns.begin(header)
  for await (const { cells, line } of records) columns.add(cells, line)
  return { ...columns.table(), separator: delimiter }
}

/** A column for each field that any of the objects has; a field that one lacks is a missing cell. */
async function tableOfJson(file: string, options: CsvOptions): Promise<Table> {
  const rows: { readonly row: Readonly<Record<string, unknown>>; readonly line: number }[] = []
  const names = new Set<string>()
  for await (const { line, text } of textLines(file, options)) {
    if (text.trim() === '') continue
    const row = rowIn(text, `${file}:${line}`)
    for (const name of Object.keys(row)) names.add(name)
    rows.push({ row, line })
  }
  const columns = createColumns(file)
  if (rows.length > 0) columns.begin([...names])
  for (const { row, line } of rows)
    columns.add(
      Array.from(names, (name) => cellOf(Object.hasOwn(row, name) ? row[name] : null)),
      line,
    )
  return columns.table()
}

function rowIn(text: string, place: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = parseJson(text)
  } catch (error) {
    throw new TableError(`There is no JSON in ${place}: ${(error as Error).message}`, { cause: error })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new TableError(`There is no JSON object in ${place}, but ${text.slice(0, 40)}.`)
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : jsonText(value)
}

function createColumns(file: string) {
  let columnNames: readonly (readonly [name: string, written: string])[] | undefined
  let known: Map<string, number>[] = []
  let codes: Int32Array[] = []
  let lines = new Int32Array(1024)
  let count = 0

  return {
    begin(header: readonly string[]): void {
      columnNames = header.map((written, at) => [
        written.trim().replaceAll(/\s*[\r\n]+\s*/g, ' ') || `column ${at + 1}`,
        written,
      ])
      const names = columnNames.map(([name]) => name)
      const twice = names.find((name, index) => names.indexOf(name) !== index)
      if (twice !== undefined)
        throw new TableError(`${file} has two columns ${JSON.stringify(twice)}: each must have a name of its own.`)
      known = names.map(() => new Map())
      codes = names.map(() => new Int32Array(1024))
    },
    add(row: readonly string[], line: number): void {
      const width = known.length
      if (row.length !== width)
        throw new TableError(
          `Row ${count + 1} of ${file} (line ${line}) has ${row.length} cells, and the header has ${width}.`,
        )
      if (count === lines.length) lines = doubled(lines)
      lines[count] = line
      for (let column = 0; column < width; column++) {
        const cell = row[column]!
        const cells = known[column]!
        let code = cells.get(cell)
        if (code === undefined) cells.set(cell, (code = cells.size))
        if (count === codes[column]!.length) codes[column] = doubled(codes[column]!)
        codes[column]![count] = code
      }
      count++
    },
    table(): Table {
      if (columnNames === undefined) throw new TableError(`${file} is empty: it has no header line.`)
      if (count === 0) throw new TableError(`${file} has no rows below its header.`)
      const columns = columnNames.map(([name, written], column): TableColumn => ({
        name,
        ...(written === name ? {} : { written }),
        cells: [...known[column]!.keys()],
        codes: codes[column]!.slice(0, count),
      }))
      return { count, columns, file, lines: lines.slice(0, count) }
    },
  }
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length)
  to.set(from)
  return to
}
