import { openCsv, type CsvOptions } from '../../files/csv-records.ts'
import { formatOf } from '../../files/file-format.ts'
import { headerNames } from '../../files/header-names.ts'
import { textLines } from '../../files/text-lines.ts'
import { JsonError } from '../../schemas/json/strict-json.ts'
import { parseJsonText } from '../../webhooks/payload.ts'

/** A line of a table as a JSON object, or why it can't be read. */
export interface TableRow {
  /** Line number, from 1. */
  readonly line: number
  readonly row?: Readonly<Record<string, unknown>>
  readonly problem?: string
}

/**
 * Reads a table line by line in constant memory: JSON Lines by its name (.jsonl, .ndjson, .json), otherwise delimited
 * cells with a header. All cells are text.
 */
export function tableRows(file: string, options: CsvOptions): AsyncGenerator<TableRow> {
  return formatOf(file) === 'json' ? jsonRows(file, options) : csvRows(file, options)
}

async function* csvRows(file: string, options: CsvOptions): AsyncGenerator<TableRow> {
  const { header = [], records } = await openCsv(file, options)
  const names = headerNames(file, header)
  for await (const { cells, line } of records) {
    if (cells.length === names.length)
      yield { line, row: Object.fromEntries(cells.map((cell, at) => [names[at]!, cell])) }
    else yield { line, problem: `It has ${cells.length} cells, and the header has ${names.length}.` }
  }
}

async function* jsonRows(file: string, options: CsvOptions): AsyncGenerator<TableRow> {
  for await (const { line, text } of textLines(file, options)) {
    if (text.trim() === '') continue
    try {
      const value = parseJsonText(text)
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) yield { line, row: { ...value } }
      else yield { line, problem: 'It is not a JSON object.' }
    } catch (error) {
      if (!(error instanceof JsonError)) throw error
      yield { line, problem: `It can’t be read as JSON: ${error.message}` }
    }
  }
}
