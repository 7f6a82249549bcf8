/** Kinds of alerts that this subject raises (`schemas/customers/alerts.ts`). */
export const loanAlerts = ['potential-loan-customer', 'dormant-customer'] as const
