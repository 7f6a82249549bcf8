import { writeFile } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import { createProgress } from '../../composition/training/progress.ts'
import { backtestText } from '../../composition/visits/policies/backtest-text.ts'
import { EARLIER_DAYS } from '../../composition/visits/policies/policies-port.ts'
import { tryPolicy } from '../../composition/visits/policies/trial.ts'
import type { DefineCommand } from '../define-command.ts'
import { CANDIDATE, candidateOf, withPolicies } from './with-policies.ts'

interface Options {
  readonly days: number
  readonly visits: number
  readonly json?: string
}

export const defineBacktest: DefineCommand = (program, context) => {
  program
    .command('backtest')
    .description(
      'compare a policy with the active one on past visits: new, vanished and unchanged flags; changes nothing',
    )
    .argument('<policy>', CANDIDATE)
    .option('--days <count>', 'days up to the newest visit', wholeNumber, 30)
    .option(
      '--visits <count>',
      'read at most this many of the newest visits; each takes 3 kB of memory',
      wholeNumber,
      200_000,
    )
    .option('--json <file>', 'write the whole report, with days, salespeople and examples, to this file')
    .action(async (named: string, { days, visits, json }: Options) => {
      const here = context()
      await withPolicies(here, async (at) => {
        const candidate = await candidateOf(named, at)
        const progress = createProgress('Reading visits', 1_000, here.log)
        const reading = { days, earlierDays: EARLIER_DAYS, visitsMax: visits, now: new Date() }
        const report = await tryPolicy(at.database, {
          ...reading,
          candidate,
          hold: at.hold,
          progress: (share) => progress.update(Math.round(share * 1_000)),
        }).finally(() => progress.stop())
        if (report === undefined) throw new Error('There are no visits yet to try the policy on.')
        for (const line of backtestText(report)) here.print(line)
        if (json !== undefined) await writeFile(json, `${JSON.stringify(report, undefined, 2)}\n`)
      })
    })
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.')
  return Number(text)
}
