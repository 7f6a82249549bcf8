import type { Command } from 'commander'
import { list } from './option-values.ts'

/** Adds the options for the format of the file behind `--data`, for what can't be detected. */
export function addFileOptions(command: Command): Command {
  return command
    .option('--encoding <name>', 'encoding of the file, if not UTF-8: gb18030, utf-16le, windows-1251, …')
    .option(
      '--delimiter <character>',
      'delimiter of the cells, if it can’t be detected from the header; "tab" for a tab',
    )
    .option('--names <columns>', 'column names, separated by commas, for a file without a header line', list)
    .option('--no-header', 'the file has no header line; its columns are named “column 1”, “column 2”, …')
}
