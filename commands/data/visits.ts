import { writeFile } from 'node:fs/promises'
import { assessFile } from '../../composition/visits/assess-file.ts'
import { countFile } from '../../composition/visits/file-counts.ts'
import { noPlaces, readPlaces } from '../../composition/visits/known-places.ts'
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
  readonly utcOffset?: number
}

export const defineVisits: DefineCommand = (program, context) => {
  const visits = program.command('visits').description('assess visits before anything is connected')
  visits
    .command('assess')
    .description(
      'look for false and invalid visits in a file: writes scores, verdict and evidence of each, and a report',
    )
    .requiredOption('--data <file>', 'one visit as JSON a line, with the fields of the topic visits; .gz too')
    .requiredOption('--out <file>', 'file to write, one JSON object per visit; .gz too')
    .option('--policy <file>', 'policy as JSON, as PUT /policies/visit-assessment takes it; default: the built-in one')
    .option('--places <file>', 'where customers are met, one JSON object a line, as the topic customer-places')
    .option('--report <file>', 'HTML report; default: the name of --out with .html')
    .option('--utc-offset <hours>', 'of times without a zone, such as 8', Number)
    .action(async (options: AssessOptions) => {
      const { log, print } = context()
      const { data, out, utcOffset } = options
      if (utcOffset !== undefined && !(Math.abs(utcOffset) <= 14))
        throw new Error('--utc-offset must be a number of hours between -14 and 14.')
      const say = (message: string) => log('warn', message)
      const policy = options.policy === undefined ? defaultPolicy : await readPolicy(options.policy)
      const places = options.places === undefined ? noPlaces : await readPlaces(options.places, say)
      for (const refusal of places.refused) say(refusal)
      const result = await assessFile(data, { policy, places, say, utcOffsetH: utcOffset, until: Date.now() + DAY_MS })
      const { problems, assessed } = result
      for (const refusal of problems.refusals) say(refusal)
      if (problems.refused > problems.refusals.length)
        say(`${problems.refused - problems.refusals.length} more lines of ${data} are no visits.`)
      for (const [field, { count, first }] of Object.entries(problems.leftOut))
        say(`${field} is left out ${count} times and counts as unknown. The first: ${first}`)
      const counts = countFile(result)
      await writeLines(out, lines(assessed))
      const report = options.report ?? reportName(out)
      await writeFile(report, visitsReport(data, result, counts))
      log('info', `${counts.visits} visits are in ${out}, the report in ${report}`)
      print(JSON.stringify({ ...counts, out, report }))
    })
}

function* lines(assessed: readonly object[]): Generator<string> {
  for (const visit of assessed) yield JSON.stringify(visit)
}

function reportName(out: string): string {
  return `${out.replace(/\.gz$/, '').replace(/\.[a-z]+$/i, '')}.html`
}
