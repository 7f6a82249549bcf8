import type { CaseRules } from '../../../schemas/visits/case-rules.ts'

/** The rules of the reviews of visits. */
export const VISIT_CASES = 'visits'

type Rules = Omit<CaseRules, 'id' | 'occurredAt' | 'source' | 'changedBy'>

/** As they are delivered. The costs are relative: a false visit costs forty reviews. */
export const deliveredCaseRules = {
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
} satisfies Omit<Rules, 'name' | 'version'>

/** The default until they are edited. */
export const defaultCaseRules: Rules = { name: VISIT_CASES, version: 0, ...deliveredCaseRules }
