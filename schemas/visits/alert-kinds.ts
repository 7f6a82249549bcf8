/** Kinds of alerts on a single visit, each with a case of its own. */
export const caseAlerts = ['invalid-visit', 'suspected-false-visit'] as const
export type CaseAlert = (typeof caseAlerts)[number]

/** Kinds of alerts that this subject raises (`schemas/customers/alerts.ts`). */
export const visitAlerts = ['invalid-visits', 'suspected-false-visits', 'policy-held', ...caseAlerts] as const
