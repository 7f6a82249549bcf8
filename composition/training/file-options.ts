import type { CsvOptions } from '../../files/csv-records.ts'
import type { CommandContext } from '../context.ts'

/** Format of the file behind `--data`, if it can't be detected. */
export interface FileOptions {
  readonly encoding?: string
  readonly delimiter?: string
  readonly names?: readonly string[]
  readonly header?: boolean
}

const DELIMITERS: Readonly<Record<string, string>> = { tab: '\t', comma: ',', semicolon: ';', bar: '|', space: ' ' }

/** Returns options for reading a file; guesses about its format are logged as warnings. */
export function csvOptionsOf(
  { log }: Pick<CommandContext, 'log'>,
  { encoding, delimiter, names, header }: FileOptions,
): CsvOptions {
  return {
    encoding,
    delimiter: delimiter === undefined ? undefined : (DELIMITERS[delimiter] ?? delimiter.replace(String.raw`\t`, '\t')),
    names: names ?? (header === false ? false : undefined),
    onWarning: (message) => log('warn', message),
  }
}
