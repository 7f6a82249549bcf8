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
    .option('--numeric <columns>', 'columns to treat as numeric, even if many of their cells are not numbers', list, [])
    .addOption(new Option('--decimal <mark>', 'decimal mark, if it can’t be detected').choices(['point', 'comma']))
    .addOption(
      new Option('--dates <order>', 'day or month first in dates, if it can’t be detected').choices(['dmy', 'mdy']),
    )
}
