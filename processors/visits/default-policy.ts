import { defaultEvidence, noConditions, notActivated, type Policy } from '../../schemas/visits/policies.ts'

export const VISIT_POLICY = 'visit-assessment'

/** The default until the policy is edited. */
export const defaultPolicy: Omit<Policy, 'id' | 'occurredAt' | 'source' | 'changedBy'> = {
  name: VISIT_POLICY,
  version: 0,
  rules: [
    { ...noConditions, verdict: 'invalid', visitCountMin: 5, probabilityBelow: 0.2 },
    { ...noConditions, verdict: 'suspected_false', visitCountMin: 4, withinDays: 10, probabilityMovedLessThan: 0.02 },
  ],
  ...defaultEvidence,
  ...notActivated,
}
