import type { CaseRules } from '../../../schemas/visits/case-rules.ts'

/** The rules of the reviews of visits. */
export const VISIT_CASES = 'visits'

/** The default until they are edited. The costs are relative: a false visit costs forty reviews. */
export const defaultCaseRules: Omit<CaseRules, 'id' | 'occurredAt' | 'source' | 'changedBy'> = {
  name: VISIT_CASES,
  version: 0,
  costOfFalse: 40,
  costOfInvalid: 10,
  costOfReview: 1,
  alertsPerDay: 100,
  alertsPerSalespersonPerDay: 3,
  timeZone: 'UTC',
  sampledShare: 0.005,
  dueDays: 5,
  lapseDays: 90,
  closeDays: 14,
  secondPerson: false,
  assignedMax: 50,
}
