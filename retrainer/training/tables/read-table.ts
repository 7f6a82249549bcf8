import { openCsv, type CsvOptions } from '../../../files/csv-records.ts'
import { formatOf } from '../../../files/file-format.ts'
import { headerNames } from '../../../files/header-names.ts'
import { jsonRecords, listedPlace, type JsonRecord } from '../../../files/json-records.ts'
import { jsonText } from '../../../files/json-text.ts'
import { TableError, type Table, type TableColumn } from '../../../models/table/table.ts'

/**
 * Reads a table: cells separated by commas, semicolons, tabs or bars below a header line, or a JSON object per line
 * (`.jsonl`, `.ndjson`). Decompresses `.gz`. Repeated cells take four bytes each. Throws `FileError` or `TableError`
 * with what is wrong and where.
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

/** Reads JSON with a column for each field of any object; a field that an object lacks is a missing cell. */
async function tableOfJson(file: string, options: CsvOptions): Promise<Table> {
  const rows: JsonRecord[] = []
  const names = new Set<string>()
  for await (const record of jsonRecords(file, options)) {
    const row = flatRow(record, file)
    for (const name of Object.keys(row)) names.add(name)
    rows.push({ ...record, row })
  }
  const columns = createColumns(file)
  if (rows.length > 0) columns.begin([...names])
  for (const { row, line } of rows)
    columns.add(
      Array.from(names, (name) => cellOf(Object.hasOwn(row, name) ? row[name] : null)),
      line,
    )
  const isList = rows[0]?.isListed === true
  return { ...columns.table(), ...(isList ? { rowLabel: (row) => listedPlace(file, row) } : {}) }
}

/** Flattens nested objects to paths: `customer.age`. Throws `TableError` if two fields have the same path. */
function flatRow({ row, line }: JsonRecord, file: string): JsonRecord['row'] {
  const flat: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  const add = (fields: JsonRecord['row'], path: string): void => {
    for (const [name, value] of Object.entries(fields)) {
      const whole = path + name
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        add(value as JsonRecord['row'], `${whole}.`)
      else if (whole in flat) throw new TableError(`${file}:${line} has two fields ${whole}.`)
      else flat[whole] = value
    }
  }
  add(row, '')
  return flat
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  // JSON has no infinite numbers, so 1e400 would become null.
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : jsonText(value)
}

function createColumns(file: string) {
  let columnNames: readonly (readonly [name: string, written: string])[] | undefined
  let known: Map<string, number>[] = []
  let codes: Int32Array[] = []
  let lines = new Int32Array(1024)
  let count = 0

  return {
    begin(header: readonly string[]): void {
      const names = headerNames(file, header)
      columnNames = names.map((name, at) => [name, header[at]!])
      known = names.map(() => new Map())
      codes = names.map(() => new Int32Array(1024))
    },
    add(row: readonly string[], line: number): void {
      const width = known.length
      if (row.length !== width)
        throw new TableError(
          `Row ${count + 1} of ${file} (line ${line}) has ${row.length === 1 ? '1 cell' : `${row.length} cells`} (${shownCells(row)}), and the header has ${width}.${width === 1 ? ' Is there a title above the header line? Take it out.' : ''}`,
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

function shownCells(row: readonly string[]): string {
  const shown = row.slice(0, 3).map((cell) => JSON.stringify(cell.slice(0, 40)))
  return row.length > 3 ? `${shown.join(', ')}, …` : shown.join(', ')
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length)
  to.set(from)
  return to
}
