import type { Policies } from '../../../api/ports.ts'
import type { Globals } from '../../../processors/processor.ts'
import { VISIT_POLICY } from '../../../processors/visits/default-policy.ts'
import type { PolicyContent } from '../../../schemas/visits/policies.ts'
import { policyHolds } from '../../../schemas/visits/policy-holds.ts'
import type { Database } from '../../../store/database.ts'
import { activatePolicy, rollBackPolicy } from './activate-policy.ts'
import { activePolicy, type TrialRequest } from './trial.ts'

type Trials = (request: TrialRequest) => ReturnType<Policies['backtest']>

/** Maximum visits to read, since a request waits for them. */
export const VISITS_MAX = 50_000
/** Days before the counted visits whose reports are compared with theirs. */
export const EARLIER_DAYS = 30

/** Returns the API's operations on policies. `trials` runs elsewhere, so that the API stays responsive. */
export function policiesPort(database: Database, trials: Trials, globals: () => Globals): Policies {
  const hold = () => globals().get(policyHolds, VISIT_POLICY)
  const backtest: Policies['backtest'] = (candidate, days) =>
    trials({
      candidate: candidate as PolicyContent,
      days,
      hold: hold(),
      earlierDays: EARLIER_DAYS,
      visitsMax: VISITS_MAX,
      now: new Date(),
    })
  return {
    activate: (activation) =>
      activatePolicy({ database, hold, trial: backtest }, { ...activation, value: activation.value as PolicyContent }),
    rollback: (change) => rollBackPolicy({ database, hold }, change),
    backtest,
    hold,
    activeVersion: async () => (await activePolicy(database, hold())).version,
  }
}
