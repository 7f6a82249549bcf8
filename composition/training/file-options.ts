import type { CsvOptions } from '../../files/csv-records.ts'
import type { CommandContext } from '../context.ts'

/** How the file behind `--data` is written, if it does not say so itself. */
export interface FileOptions {
  readonly encoding?: string
  readonly delimiter?: string
  readonly names?: readonly string[]
  readonly header?: boolean
}

const words: Readonly<Record<string, string>> = { tab: '\t', comma: ',', semicolon: ';', bar: '|', space: ' ' }

/** For reading a file: what is guessed about it is logged as a warning. */
export function readingOf(
  { log }: Pick<CommandContext, 'log'>,
  { encoding, delimiter, names, header }: FileOptions,
): CsvOptions {
  return {
    encoding,
    delimiter: delimiter === undefined ? undefined : (words[delimiter] ?? delimiter.replace(String.raw`\t`, '\t')),
    names: names ?? (header === false ? false : undefined),
    say: (message) => log('warn', message),
  }
}
