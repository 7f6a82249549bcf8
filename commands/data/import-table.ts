import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { DefineCommand } from '../define-command.ts'

interface TableFlags {
  readonly mapping: string
  readonly source?: string
  readonly names?: string
  readonly delimiter?: string
  readonly encoding?: string
  readonly rejects?: string
  readonly dryRun?: boolean
}

/** Refused lines that are logged; all are counted. */
const REPORTED_MAX = 20

/** Defines `scoreline import table`, which maps any table to events and sends them. */
export const defineImportTable: DefineCommand = (command, context) => {
  command
    .description('send the events that a table maps to; invalid lines are rejected, all others are imported')
    .argument('<file>', 'CSV or TSV with a header, or one JSON object per line (.jsonl, .ndjson); .gz is unpacked')
    .requiredOption(
      '--mapping <file or source>',
      'JSONata mapping of one line: a file, or the name of a webhook source',
    )
    .option('--source <name>', 'source of events that state none; default: the name of the file')
    .option('--names <names>', 'column names, separated by commas, if the file has no header')
    .option('--delimiter <character>', 'delimiter of the cells; default: detected from the first line')
    .option('--encoding <name>', 'encoding of the file, if not UTF-8: gb18030, utf-16le, windows-1251, …')
    .option('--rejects <file>', 'write rejected lines, with the reasons, to this file as JSON Lines')
    .option('--dry-run', 'check every line without sending')
    .action(async (file: string, flags: TableFlags) => {
      const here = context()
      const { mapping, source, names, delimiter, encoding, rejects } = flags
      // Imported here so that --help doesn't load the whole platform.
      const { importTable } = await import('../../composition/webhooks/import-table.ts')
      const report = rejects === undefined ? undefined : createWriteStream(rejects)
      if (report !== undefined) await once(report, 'open')
      let reported = 0
      const counts = await importTable(here, file, {
        ...{ mapping, source, delimiter, encoding, names: names?.split(','), dryRun: flags.dryRun === true },
        onWarning: (message) => here.log('warn', message),
        refuse(line, problems) {
          report?.write(`${JSON.stringify({ line, problems })}\n`)
          if (reported++ < REPORTED_MAX) here.log('warn', `${file}:${line}: ${problems.join(' ')}`)
        },
      })
      if (report !== undefined) await finished(report.end())
      if (reported > REPORTED_MAX)
        here.log('warn', `${reported - REPORTED_MAX} more lines of ${file} have problems; --rejects lists all of them.`)
      if (counts.late > 0)
        here.log(
          'warn',
          `${counts.late} events are much older than those before them and may not count fully. Sort ${file} by time.`,
        )
      here.print(JSON.stringify({ ...counts, sent: flags.dryRun !== true }))
      if (counts.refused > 0 && Object.keys(counts.events).length === 0)
        throw new Error(`No line of ${file} could be imported.`)
    })
}
