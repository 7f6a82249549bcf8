import type { CommandContext } from '../../composition/context.ts'
import { writeFile } from 'node:fs/promises'
import { createProgress } from '../../composition/training/progress.ts'
import { backtestText } from '../../composition/visits/policies/backtest-text.ts'
import { EARLIER_DAYS } from '../../composition/visits/policies/policies-port.ts'
import { tryPolicy } from '../../composition/visits/policies/trial.ts'
import { candidateOf, withPolicies } from './with-policies.ts'

export interface BacktestOptions {
  readonly days: number
  readonly visits: number
  readonly json?: string
}

/** Compares a policy with the active one on past visits. */
export async function backtestPolicy(
  here: CommandContext,
  named: string,
  { days, visits, json }: BacktestOptions,
): Promise<void> {
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
}
