/** Kinds of alerts that this subject raises (`schemas/customers/alerts.ts`). */
export const visitAlerts = ['invalid-visits', 'suspected-false-visits', 'policy-held'] as const
