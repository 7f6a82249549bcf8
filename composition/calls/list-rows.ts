import { openCsv, type CsvOptions } from '../../files/csv-records.ts'
import { formatOf } from '../../files/file-format.ts'
import { FileError } from '../../files/file-error.ts'
import { headerNames } from '../../files/header-names.ts'
import { parseJson } from '../../files/json-text.ts'
import { textLines } from '../../files/text-lines.ts'

/** A line of a list: its fields under the names of a campaign entry, or why it is invalid. Empty cells are omitted. */
export interface ListRow {
  /** Line number, from 1. */
  readonly line: number
  readonly fields?: Readonly<Record<string, unknown>>
  readonly problem?: string
}

/** Fields by column name, reduced to lower-case letters. */
const FIELDS: Readonly<Record<string, string>> = {
  customerid: 'customerId',
  customer: 'customerId',
  phone: 'phone',
  telephone: 'phone',
  value: 'value',
  notbefore: 'notBefore',
}

/** Reads a list line by line in constant memory: a table with a header, or JSON Lines. */
export function listRows(file: string, options: CsvOptions): AsyncGenerator<ListRow> {
  const isTable = ['csv', 'tsv'].includes(formatOf(file) ?? 'csv')
  return isTable ? rowsOfTable(file, options) : rowsOfJson(file, options)
}

async function* rowsOfTable(file: string, options: CsvOptions): AsyncGenerator<ListRow> {
  const { header = [], records } = await openCsv(file, options)
  const names = headerNames(file, header)
  const fields = names.map(fieldNamed)
  if (!fields.includes('customerId'))
    throw new FileError(
      `${file} has no column customerId: it has ${names.join(', ')}. If it has no header, say --names customerId,….`,
    )
  const unused = names.filter((_, at) => fields[at] === undefined)
  if (unused.length > 0) options.onWarning?.(`${file}: what is not used: ${unused.join(', ')}.`)
  for await (const { cells, line } of records) {
    if (cells.length !== names.length) {
      yield { line, problem: `it has ${cells.length} cells, and the header has ${names.length}` }
      continue
    }
    const entries = cells.flatMap((cell, at) => {
      const [field, text] = [fields[at], cell.trim()]
      return field === undefined || text === '' ? [] : [[field, field === 'value' ? numberOf(text) : text]]
    })
    yield { line, fields: Object.fromEntries(entries) as Record<string, unknown> }
  }
}

async function* rowsOfJson(file: string, options: CsvOptions): AsyncGenerator<ListRow> {
  for await (const { line, text } of textLines(file, options)) {
    if (text.trim() === '') continue
    try {
      const value = parseJson(text)
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        yield { line, problem: 'it is no JSON object' }
      else
        yield {
          line,
          fields: Object.fromEntries(Object.entries(value).map(([name, one]) => [fieldNamed(name) ?? name, one])),
        }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      yield { line, problem: `it can’t be read as JSON: ${error.message}` }
    }
  }
}

function fieldNamed(name: string): string | undefined {
  return FIELDS[name.toLowerCase().replaceAll(/[^a-z]/g, '')]
}

/** Returns other text unchanged, so that the schema refuses it. */
function numberOf(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
