import type { DefineCommand } from '../define-command.ts'
import { isDate } from '../../schemas/iso-date.ts'

interface ParquetOptions {
  readonly view: string
  readonly from: string
  readonly to: string
  readonly out: string
  readonly time: string
  readonly again?: boolean
}

/** Defines `scoreline export`: files of what the BI views show. */
export const defineExport: DefineCommand = (command, context) => {
  command
    .command('parquet')
    .description('write the rows of a BI view to a Parquet file for each day (UTC); days that have one are skipped')
    .requiredOption('--view <name>', 'name of the view, as in docs/database.md')
    .requiredOption('--from <day>', 'first day, as YYYY-MM-DD')
    .requiredOption('--to <day>', 'last day, as YYYY-MM-DD')
    .requiredOption('--out <folder>', 'a folder or s3://BUCKET/PREFIX: writes FOLDER/VIEW/day=DAY/rows.parquet')
    .option('--time <column>', 'column whose day counts', 'occurred_at')
    .option('--again', 'also write days that have a file')
    .action(async ({ view, from, to, out, time, again = false }: ParquetOptions) => {
      const days = { from: dayOf('--from', from), to: dayOf('--to', to) }
      if (days.from > days.to) throw new Error(`--from ${from} is after --to ${to}.`)
      // Imported here so that --help doesn't load the writer.
      const { exportParquet } = await import('../../composition/export-parquet.ts')
      await exportParquet(context(), { view, ...days, out, time, again })
    })
}

function dayOf(option: string, text: string): string {
  if (isDate(text)) return text
  throw new Error(`${option} must be a day such as 2026-03-02, not ${JSON.stringify(text)}.`)
}
