import { writeFile } from 'node:fs/promises'
import { assessFile } from '../../composition/visits/assess-file.ts'
import { countFile } from '../../composition/visits/file-counts.ts'
import type { ProblemSummary } from '../../composition/visits/file-problems.ts'
import { noPlaces, readPlaces } from '../../composition/visits/known-places.ts'
import { proposedPlaces } from '../../features/visits/proposed-places.ts'
import { readPolicy } from '../../composition/visits/read-policy.ts'
import { visitsReport } from '../../composition/visits/visits-report.ts'
import { writeLines } from '../../files/write-lines.ts'
import { defaultPolicy } from '../../processors/visits/default-policy.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { DefineCommand } from '../define-command.ts'

interface AssessOptions {
  readonly data: string
  readonly out: string
  readonly policy?: string
  readonly places?: string
  readonly report?: string
  readonly proposePlaces?: string
  readonly utcOffset?: number
  readonly encoding?: string
}

export const defineVisits: DefineCommand = (command, context) => {
  command
    .command('assess')
    .description(
      'find false and invalid visits in a file: writes the scores, verdict and evidence of each visit, and a report',
    )
    .requiredOption(
      '--data <file>',
      'visits, one JSON object per line with the fields of the topic visits; may be gzipped (.gz)',
    )
    .requiredOption('--out <file>', 'output file, one JSON object per visit; gzipped if the name ends in .gz')
    .option('--policy <file>', 'policy as JSON, as PUT /policies/visit-assessment takes it; default: the built-in one')
    .option(
      '--places <file>',
      'places where customers are met, one JSON object per line with the fields of the topic customer-places',
    )
    .option('--report <file>', 'HTML report; default: the name of --out with .html')
    .option('--propose-places <file>', 'write customer places that are missing and that visits suggest to this file')
    .option('--encoding <name>', 'encoding of the visits, if not UTF-8: gb18030, utf-16le, windows-1251, …')
    .option('--utc-offset <hours>', 'UTC offset of times without a zone, such as 8', Number)
    .action(async (options: AssessOptions) => {
      const { log, print } = context()
      const { data, out, utcOffset } = options
      if (utcOffset !== undefined && !(Math.abs(utcOffset) <= 14))
        throw new Error('--utc-offset must be a number of hours between -14 and 14.')
      const warn = (message: string) => log('warn', message)
      const policy = options.policy === undefined ? defaultPolicy : await readPolicy(options.policy)
      const places =
        options.places === undefined
          ? noPlaces
          : await readPlaces(options.places, { onWarning: warn, utcOffsetH: utcOffset })
      if (options.places !== undefined) reportProblems(options.places, places.problems, warn)
      const { encoding } = options
      const until = Date.now() + DAY_MS
      const result = await assessFile(data, { policy, places, onWarning: warn, encoding, utcOffsetH: utcOffset, until })
      const { problems, assessed } = result
      reportProblems(data, problems, warn)
      if (assessed.length === 0 && problems.refused > 0)
        throw new Error(`No line of ${data} is a visit: each must be a JSON object with a visitId.`)
      const proposals = proposedPlaces(result.factsOf, assessed, places)
      const counts = { ...countFile(result), placesProposed: proposals.length }
      if (options.proposePlaces !== undefined) await writeLines(options.proposePlaces, lines(proposals))
      await writeLines(out, lines(assessed))
      const report = options.report ?? reportName(out)
      await writeFile(report, visitsReport(data, result, counts))
      log('info', `${counts.visits} visits are in ${out}, the report in ${report}`)
      print(JSON.stringify({ ...counts, out, report }))
    })
}

/** Reports the first refused lines, and each field that is left out. */
function reportProblems(
  file: string,
  { refusals, refused, leftOut }: ProblemSummary,
  warn: (message: string) => void,
): void {
  for (const refusal of refusals) warn(refusal)
  if (refused > refusals.length) warn(`${refused - refusals.length} more lines of ${file} could not be used.`)
  for (const [field, { count, first }] of Object.entries(leftOut))
    warn(`${field} was invalid ${count} times and counts as unknown. The first: ${first}`)
}

function* lines(assessed: readonly object[]): Generator<string> {
  for (const visit of assessed) yield JSON.stringify(visit)
}

function reportName(out: string): string {
  return `${out.replace(/\.gz$/, '').replace(/\.[a-z]+$/i, '')}.html`
}
