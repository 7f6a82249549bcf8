import type { BacktestReport } from '../../../api/visits/backtest-report.ts'
import { VISIT_POLICY } from '../../../processors/visits/default-policy.ts'
import { contentOf, activePolicyOf } from '../../../processors/visits/policies/active-policy.ts'
import { defaultLimit, policyLimitSetting } from '../../../processors/visits/policies/policy-limit-setting.ts'
import { policySetting } from '../../../processors/visits/policy-setting.ts'
import { notActivated, type FormerPolicy, type PolicyContent } from '../../../schemas/visits/policies.ts'
import type { PolicyLimit } from '../../../schemas/visits/policy-limits.ts'
import type { PolicyHold } from '../../../schemas/visits/policy-holds.ts'
import type { Database, Reader } from '../../../store/database.ts'
import { newestSetting } from '../../../store/versioned-settings.ts'
import { backtest } from './backtest.ts'
import { readHistory, type HistoryRequest } from './read-history.ts'

export type Hold = Pick<PolicyHold, 'heldVersions' | 'inForce'> | undefined

export interface TrialRequest extends HistoryRequest {
  readonly candidate: PolicyContent
  /** The hold of the circuit breaker. */
  readonly hold: Hold
}

/** Back-tests a policy against the one in force; `undefined` if there are no visits. */
export async function tryPolicy(database: Database, request: TrialRequest): Promise<BacktestReport | undefined> {
  const { candidate, hold } = request
  const current = await activePolicy(database, hold)
  const history = await readHistory(database, request, current, candidate)
  return history && backtest(history, current, candidate, await limitNow(database))
}

/** Returns the policy in force by the database and the hold: the newest version may still be in the outbox. */
export async function activePolicy(database: Reader, hold: Hold): Promise<FormerPolicy> {
  const newest = await newestSetting(database, policySetting, VISIT_POLICY)
  if (newest === undefined) return activePolicyOf(undefined, undefined)
  const { version, value, changedBy, changedAt, forced } = newest
  const event = { id: '', occurredAt: changedAt.getTime(), source: 'api', name: VISIT_POLICY, version, changedBy }
  const current = activePolicyOf({ ...event, ...value, ...notActivated, forced }, hold)
  return { version: current.version, ...contentOf(current) }
}

export async function limitNow(database: Reader): Promise<Pick<PolicyLimit, 'shareMax' | 'allowance' | 'daysChecked'>> {
  return (await newestSetting(database, policyLimitSetting, VISIT_POLICY))?.value ?? defaultLimit
}
