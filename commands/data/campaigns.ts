import { isRegion } from '../../features/calls/lists/phone-number.ts'
import { writeLines } from '../../files/write-lines.ts'
import type { DefineCommand } from '../define-command.ts'

interface ImportFlags {
  readonly campaign: string
  readonly list?: string
  readonly region?: string
  readonly names?: string
  readonly delimiter?: string
  readonly encoding?: string
  readonly skipListed?: boolean
  readonly rejects?: string
  readonly dryRun?: boolean
}

/** Refused lines that are logged; all are counted. */
const REPORTED_MAX = 20

/** Defines `scoreline campaigns import`, which puts the customers of a file on a campaign's list. */
export const defineCampaigns: DefineCommand = (command, context) => {
  command
    .command('import')
    .description(
      'put the customers of a file on the list of a campaign; invalid lines are rejected, all others are imported',
    )
    .argument(
      '<file>',
      'CSV or TSV with the columns customerId, phone, value, notBefore, or one JSON object per line; .gz is unpacked',
    )
    .requiredOption('--campaign <name>', 'the campaign that the list belongs to')
    .option('--list <name>', 'name of the list; default: the name of the file')
    .option('--region <code>', 'country of telephone numbers that have no country code, such as CN')
    .option('--names <names>', 'column names, separated by commas, if the file has no header')
    .option('--delimiter <character>', 'delimiter of the cells; default: detected from the first line')
    .option('--encoding <name>', 'encoding of the file, if not UTF-8: gb18030, utf-16le, windows-1251, …')
    .option('--skip-listed', 'skip customers whom another campaign still calls')
    .option('--rejects <file>', 'write rejected lines, with the reason, to this file as JSON')
    .option('--dry-run', 'check every line without sending')
    .action(async (file: string, flags: ImportFlags) => {
      const here = context()
      const { region, names, rejects } = flags
      if (region !== undefined && !isRegion(region))
        throw new Error(`--region ${region} is not a country code: give two capital letters, such as CN.`)
      const refused: { line: number; problem: string }[] = []
      // Imported here so that --help doesn't load the whole platform.
      const { importList } = await import('../../composition/calls/import-list.ts')
      const { withDatabase } = await import('../../composition/database.ts')
      const counts = await withDatabase(here, 'campaign-list', (database) =>
        importList(here, database, file, {
          ...{ campaign: flags.campaign, skipListed: flags.skipListed === true, dryRun: flags.dryRun === true },
          ...{ delimiter: flags.delimiter, encoding: flags.encoding, names: names?.split(',') },
          ...(flags.list === undefined ? {} : { list: flags.list }),
          ...(region === undefined ? {} : { region }),
          onWarning: (message) => here.log('warn', message),
          refuse(line, problem) {
            if (rejects !== undefined || refused.length < REPORTED_MAX) refused.push({ line, problem })
          },
        }),
      )
      for (const { line, problem } of refused.slice(0, REPORTED_MAX)) here.log('warn', `${file}:${line}: ${problem}`)
      if (counts.refused > REPORTED_MAX)
        here.log(
          'warn',
          `${counts.refused - REPORTED_MAX} more lines of ${file} were rejected; --rejects lists all of them.`,
        )
      if (rejects !== undefined)
        await writeLines(
          rejects,
          refused.map((one) => JSON.stringify(one)),
        )
      here.print(JSON.stringify(counts))
      if (counts.taken === 0 && counts.refused > 0) throw new Error(`No line of ${file} could be imported.`)
    })
}
