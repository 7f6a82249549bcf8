import type { Command } from 'commander'
import { list } from './option-values.ts'

/** Adds the options for the format of the file behind `--data`, for what can't be detected. */
export function addFileOptions(command: Command): Command {
  return command
    .option('--encoding <name>', 'of the file, if it is not UTF-8: gb18030, utf-16le, windows-1251, …')
    .option('--delimiter <character>', 'what parts the cells, if the header does not show it; tab for a tab')
    .option('--names <columns>', 'the file has no header line, and these columns', list)
    .option('--no-header', 'the file has no header line: its columns are “column 1”, “column 2”, …')
}
