import type { Policy } from '../../schemas/visits/policies.ts'

export const VISIT_POLICY = 'visit-assessment'

/** The default until the policy is edited. */
export const defaultPolicy: Pick<Policy, 'name' | 'version' | 'rules'> = {
  name: VISIT_POLICY,
  version: 0,
  rules: [
    { verdict: 'invalid', visitCountMin: 5, withinDays: null, probabilityBelow: 0.2, probabilityMovedLessThan: null },
    {
      verdict: 'suspected_false',
      visitCountMin: 4,
      withinDays: 10,
      probabilityBelow: null,
      probabilityMovedLessThan: 0.02,
    },
  ],
}
