import { activatePolicy } from '../../composition/visits/policies/activate-policy.ts'
import { EARLIER_DAYS, VISITS_MAX } from '../../composition/visits/policies/policies-port.ts'
import { tryPolicy } from '../../composition/visits/policies/trial.ts'
import { policyWarnings } from '../../processors/visits/policies/policy-faults.ts'
import type { DefineCommand } from '../define-command.ts'
import { CANDIDATE, candidateOf, auditFields, withPolicies } from './with-policies.ts'

interface Options {
  readonly by: string
  readonly reason: string
  readonly force: boolean
}

export const defineActivate: DefineCommand = (program, context) => {
  program
    .command('activate')
    .description(
      'activate a policy, after a trial on past visits; running processors apply it between two transactions',
    )
    .argument('<policy>', CANDIDATE)
    .requiredOption('--by <name>', 'name of the person responsible for the change; kept in the audit trail')
    .requiredOption('--reason <text>', 'reason; kept in the audit trail')
    .option(
      '--force',
      'activate it even if it flags a larger share of a day than its limit allows; kept in the audit trail',
      false,
    )
    .action(async (named: string, { force, ...who }: Options) => {
      const here = context()
      const change = auditFields(who)
      await withPolicies(here, async (at) => {
        const value = await candidateOf(named, at)
        for (const warning of policyWarnings(value)) here.log('warn', warning)
        const { database, hold, versions } = at
        const reading = { earlierDays: EARLIER_DAYS, visitsMax: VISITS_MAX, now: new Date(), hold }
        const ports = {
          database,
          hold: () => hold,
          trial: (candidate: typeof value, days: number) => tryPolicy(database, { ...reading, candidate, days }),
        }
        const expectedVersion = versions[0]?.version ?? 0
        const { version, changedAt } = await activatePolicy(ports, { value, force, expectedVersion, ...change })
        here.print(JSON.stringify({ version, changedAt, ...change, forced: force }))
      })
    })
}
