import type { CaseRules } from '../../../schemas/visits/case-rules.ts'

/** Name of the rules for reviews of visits. */
export const VISIT_CASES = 'visits'

type Rules = Omit<CaseRules, 'id' | 'occurredAt' | 'source' | 'changedBy'>

/** Built-in rules. Costs are relative: a false visit costs as much as forty reviews. */
export const builtInCaseRules = {
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

/** The built-in rules as version 0, in use until they are edited. */
export const defaultCaseRules: Rules = { name: VISIT_CASES, version: 0, ...builtInCaseRules }
