import { Option, type Command } from 'commander'
import { list } from './option-values.ts'

/** How to read the columns of a table where the cells don't show it. */
export interface ColumnOptions {
  readonly drop: readonly string[]
  readonly categories: readonly string[]
  readonly numeric: readonly string[]
  readonly decimal?: 'point' | 'comma'
  readonly dates?: 'dmy' | 'mdy'
}

/** Adds the options for reading columns. `dropped`: help text for which columns to drop. */
export function addColumnOptions(command: Command, dropped: string): Command {
  return command
    .option('--drop <columns>', `${dropped}; separated by commas`, list, [])
    .option('--categories <columns>', 'numeric columns to treat as categories', list, [])
    .option('--numeric <columns>', 'columns of numbers, even if many of their cells are not numbers', list, [])
    .addOption(
      new Option('--decimal <mark>', 'the decimal mark, if the file does not show it').choices(['point', 'comma']),
    )
    .addOption(
      new Option('--dates <order>', 'day or month first, if the file does not show it').choices(['dmy', 'mdy']),
    )
}
