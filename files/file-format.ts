import { jsonText } from './json-text.ts'

/** Format of a file of rows, by its extension; a trailing `.gz` is ignored. */
export type FileFormat = 'csv' | 'tsv' | 'json'

export function formatOf(file: string): FileFormat | undefined {
  const [, end] = /\.([a-z]+)(?:\.gz)?$/i.exec(file) ?? []
  if (end === undefined) return undefined
  const name = end.toLowerCase()
  return name === 'csv' || name === 'tsv' ? name : ['json', 'jsonl', 'ndjson'].includes(name) ? 'json' : undefined
}

/** Yields the lines of rows with the same fields, after a header line unless the format is JSON. */
export function* rowLines(
  format: FileFormat,
  names: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Generator<string> {
  if (format === 'json') {
    for (const row of rows) yield jsonText(Object.fromEntries(names.map((name, at) => [name, row[at]])))
    return
  }
  const delimiter = format === 'tsv' ? '\t' : ','
  yield names.map((name) => cellText(name, delimiter)).join(delimiter)
  for (const row of rows) yield row.map((value) => cellText(value, delimiter)).join(delimiter)
}

function cellText(value: unknown, delimiter: string): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : typeof value === 'object' ? jsonText(value) : String(value as number)
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
