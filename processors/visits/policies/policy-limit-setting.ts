import { policyLimits } from '../../../schemas/visits/policy-limits.ts'
import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'
import { VISIT_POLICY } from '../default-policy.ts'

/** The default until it is edited. */
export const defaultLimit = { shareMax: 0.3, allowance: 10, daysChecked: 7 } as const

export const policyLimitSetting = versionedSetting({
  name: 'policy limit',
  path: '/policy-limits',
  doc: 'How much of a day’s visits a policy may flag before its circuit breaker holds it.',
  topic: policyLimits,
  key: 'name',
  defaults: new Map([[VISIT_POLICY, defaultLimit]]),
})
