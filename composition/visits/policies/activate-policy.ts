import type { PolicyActivation } from '../../../api/ports.ts'
import type { BacktestReport } from '../../../api/visits/backtest-report.ts'
import { VISIT_POLICY } from '../../../processors/visits/default-policy.ts'
import { policySetting } from '../../../processors/visits/policy-setting.ts'
import type { PolicyContent } from '../../../schemas/visits/policies.ts'
import type { Database } from '../../../store/database.ts'
import { VersionConflictError } from '../../../store/sql/version-conflict.ts'
import {
  ActivationHeldError,
  NoEarlierVersionError,
  recordHeldActivation,
} from '../../../store/visits/held-activations.ts'
import {
  newestSetting,
  setSetting,
  SettingRefusedError,
  settingVersions,
  type SettingVersion,
} from '../../../store/versioned-settings.ts'
import { limitNow, activePolicy, type Hold } from './trial.ts'

export interface ActivationPorts {
  readonly database: Database
  readonly hold: () => Hold
  /** Back-tests a policy on the visits of the last `days` days; `undefined` if there are no visits. */
  readonly trial: (candidate: PolicyContent, days: number) => Promise<BacktestReport | undefined>
}

/** Fields of a back-test that are stored with the version. */
const KEPT = [
  'from',
  'until',
  'days',
  'visits',
  'truncated',
  'new',
  'vanished',
  'unchanged',
  'knownFalse',
  'knownFine',
  'limit',
  'heldBy',
] as const

/**
 * Activates a policy. It must be consistent, state a reason, and stay within its limit on the last days of history
 * unless it is forced. Throws `SettingRefusedError`, `VersionConflictError` or `ActivationHeldError`; the last is
 * recorded.
 */
export async function activatePolicy(
  { database, hold, trial }: ActivationPorts,
  activation: PolicyActivation<PolicyContent>,
): Promise<SettingVersion<PolicyContent>> {
  const { value, changedBy, reason, force, expectedVersion } = activation
  const fault = policySetting.validate?.(value, undefined)
  if (fault !== undefined) throw new SettingRefusedError(fault)
  const newest = await newestSetting(database, policySetting, VISIT_POLICY)
  if ((newest?.version ?? 0) !== expectedVersion)
    throw new VersionConflictError(`The policy ${VISIT_POLICY}`, expectedVersion)
  const { daysChecked } = await limitNow(database)
  const report = daysChecked === 0 ? undefined : await trial(value, daysChecked)
  const checked = report === undefined ? null : Object.fromEntries(KEPT.map((name) => [name, report[name]]))
  if (report !== undefined && report.heldBy !== null && !force) {
    const text = heldText(report, report.heldBy)
    const held = { setting: policySetting.name, key: VISIT_POLICY, value, reason, changedBy }
    await recordHeldActivation(database, { ...held, checked: { ...checked, text } })
    throw new ActivationHeldError(text)
  }
  const former = await activePolicy(database, hold())
  return setSetting(database, policySetting, {
    key: VISIT_POLICY,
    value,
    changedBy,
    expectedVersion,
    activation: { reason, forced: force, checked, former: former.version === 0 ? null : former },
  })
}

function heldText({ days }: BacktestReport, { day, visits, flagged, allowed }: NonNullable<BacktestReport['heldBy']>) {
  return `It is held: tried on the last ${days} days, it flags ${flagged} of ${visits} visits of ${day}, and ${allowed} are allowed. What is in force stays in force. Change the policy, raise the limit, or force it.`
}

/**
 * Activates the policy that was in force before the newest version, without another back-test. Throws
 * `NoEarlierVersionError` if there is none.
 */
export async function rollBackPolicy(
  ports: Omit<ActivationPorts, 'trial'>,
  change: Pick<PolicyActivation, 'changedBy' | 'reason' | 'expectedVersion'>,
): Promise<SettingVersion<PolicyContent>> {
  const [newest, former] = await settingVersions(ports.database, policySetting, VISIT_POLICY)
  if (newest === undefined)
    throw new NoEarlierVersionError('Only the built-in policy was ever in force: there is nothing to go back to.')
  const value = former?.value ?? policySetting.defaults.get(VISIT_POLICY)!
  return activatePolicy({ ...ports, trial: () => Promise.resolve(undefined) }, { ...change, value, force: false })
}
