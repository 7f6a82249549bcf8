import { Readable } from 'node:stream'
import { CsvError, parse, type Parser } from 'csv-parse'
import { decodedText } from './decoded-text.ts'
import { FileError } from './file-error.ts'
import type { EncodingOptions } from './find-encoding.ts'

export interface CsvOptions extends EncodingOptions {
  /** Default: whichever of comma, semicolon, tab and vertical bar is most frequent in the first record. */
  readonly delimiter?: string | undefined
  /** Column names of a file without a header line; `false` to name its columns `column 1`, `column 2`, …. */
  readonly names?: readonly string[] | false | undefined
}

export interface CsvRecord {
  readonly cells: readonly string[]
  /** Number of the line on which the record ends, from 1. */
  readonly line: number
}

export interface CsvFile {
  readonly delimiter: string
  /** Cells of the header line; `undefined` if the file is empty. */
  readonly header: readonly string[] | undefined
  /** The records below the header. */
  readonly records: AsyncGenerator<CsvRecord>
}

const delimiters = [',', ';', '\t', '|']
/** Characters read ahead, enough for the first record. */
const HEAD_CHARACTERS = 64 * 1024
const jsonHead = /^\s*(\{\s*"|\[\s*(\{|$))/
/** Excel's own first line, which declares the delimiter. */
const sepLine = /^"?sep=(.|\\t)"?\r?\n/i

/**
 * Opens a file of delimited cells: its header and its records, without empty lines. Throws `FileError` with the place
 * and the reason.
 */
export async function openCsv(file: string, options: CsvOptions = {}): Promise<CsvFile> {
  const pieces = decodedText(file, options)
  let head = ''
  while (head.length < HEAD_CHARACTERS) {
    const next = await pieces.next()
    if (next.done === true) break
    head += next.value
  }
  if (jsonHead.test(head))
    throw new FileError(`${file} seems to be JSON, not separated cells: its name must end in .json, .jsonl or .ndjson.`)
  const sepMatch = sepLine.exec(head)
  const rest = sepMatch === null ? head : head.slice(sepMatch[0].length)
  const delimiter = options.delimiter ?? sepMatch?.[1]?.replace('\\t', '\t') ?? delimiterOf(rest)
  const text = Readable.from(following(rest, pieces))
  const records = recordsOf(file, text, parserOf(delimiter, rest), sepMatch === null ? 0 : 1)
  const first = await records.next()
  const { names } = options
  if (first.done === true) return { delimiter, header: undefined, records }
  const { cells } = first.value
  if (names === undefined)
    return { delimiter, header: cells, records: belowHeader(file, cells, records, options.onWarning) }
  const header = names === false ? cells.map((_, at) => `column ${at + 1}`) : names
  return { delimiter, header, records: beginning(first.value, records) }
}

/** A cell of a ruler line, as under and between the rows of tables made for reading: `---`, `----+----`, `:--`. */
const rule = /^\s*:?[-=+]{2,}:?\s*$/

/**
 * Skips lines that are no records: repeated headers, as in concatenated files, and ruler lines. Drops empty cells
 * beyond the header's, as in files whose lines all end in a delimiter.
 */
async function* belowHeader(
  file: string,
  header: readonly string[],
  records: AsyncGenerator<CsvRecord>,
  onWarning: CsvOptions['onWarning'],
): AsyncGenerator<CsvRecord> {
  const leftOut: number[] = []
  for await (const { cells, line } of records) {
    const isHeader =
      cells.length > 1 &&
      cells.length === header.length &&
      cells.every((cell, at) => cell.replace(/^\ufeff/, '') === header[at])
    // `every` comes first, since the first cell of most records already rules them out.
    const isRule = cells.every((cell) => rule.test(cell) || cell.trim() === '') && cells.some((cell) => rule.test(cell))
    if (isHeader || isRule) {
      leftOut.push(line)
      continue
    }
    const isLong = cells.length > header.length && cells.slice(header.length).every((cell) => cell.trim() === '')
    yield { cells: isLong ? cells.slice(0, header.length) : cells, line }
  }
  if (leftOut.length > 0)
    onWarning?.(
      `${file}: ${leftOut.length === 1 ? '1 line that repeats the header or is made of dashes is' : `${leftOut.length} lines that repeat the header or are made of dashes are`} left out, the first is line ${leftOut[0]}.`,
    )
}

async function* beginning(first: CsvRecord, others: AsyncGenerator<CsvRecord>): AsyncGenerator<CsvRecord> {
  yield first
  yield* others
}

async function* following(head: string, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  if (head !== '') yield head
  yield* pieces
}

const nothing = /^[\s\0\u001a]*$/

interface Parsed {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

/** `head`: the beginning of the text, from which the quote character and the line ends are detected. */
function parserOf(delimiter: string, head: string): Parser {
  const quote = /^\s*'[^'\n]*'\s*([,;\t|\r\n]|$)/.test(head) ? "'" : '"'
  // Line ends may be mixed: LF on some lines, CRLF on others.
  const ends = head.includes('\n') ? { record_delimiter: ['\r\n', '\n'] } : {}
  return parse({
    delimiter,
    quote,
    escape: quote,
    ...ends,
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
  })
}

async function* recordsOf(
  file: string,
  text: Readable,
  parser: Parser,
  linesBefore: number,
): AsyncGenerator<CsvRecord> {
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      // Skips a last line that holds only a carriage return or the old end-of-file character (Ctrl-Z).
      if (record.length === 1 && nothing.test(record[0]!)) continue
      yield { cells: record, line: info.lines + linesBefore }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new FileError(`${file} is no table that can be read: ${error.message}.`, { cause: error })
  } finally {
    text.destroy()
  }
}

/** Returns the delimiter that is most frequent in the first record, outside of quotes. */
function delimiterOf(text: string): string {
  const counts = new Map(delimiters.map((one) => [one, 0]))
  let isQuoted = false
  for (const letter of text.slice(0, HEAD_CHARACTERS).replace(/^[\r\n]+/, '')) {
    if (letter === '"') isQuoted = !isQuoted
    else if (!isQuoted && letter === '\n') break
    else if (!isQuoted && counts.has(letter)) counts.set(letter, counts.get(letter)! + 1)
  }
  return delimiters.reduce((best, one) => (counts.get(one)! > counts.get(best)! ? one : best))
}
