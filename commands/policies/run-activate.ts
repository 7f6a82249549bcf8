import type { CommandContext } from '../../composition/context.ts'
import { activatePolicy } from '../../composition/visits/policies/activate-policy.ts'
import { EARLIER_DAYS, VISITS_MAX } from '../../composition/visits/policies/policies-port.ts'
import { tryPolicy } from '../../composition/visits/policies/trial.ts'
import { policyWarnings } from '../../processors/visits/policies/policy-faults.ts'
import { auditFields } from '../audit-fields.ts'
import { candidateOf, withPolicies } from './with-policies.ts'

export interface ActivateOptions {
  readonly by: string
  readonly reason: string
  readonly force: boolean
}

/** Activates a policy after a trial on past visits. */
export async function activateNamed(
  here: CommandContext,
  named: string,
  { force, ...who }: ActivateOptions,
): Promise<void> {
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
}
