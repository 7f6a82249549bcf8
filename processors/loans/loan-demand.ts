import { scoreCustomers } from '../customers/score-customers.ts'

/** The default until a threshold is set. */
export const LOAN_DEMAND_THRESHOLD = 0.6

/**
 * Estimates the cumulative usage of a credit line over the coming weeks and flags customers who are likely to need a
 * loan (spec L3).
 */
export const loanDemand = scoreCustomers({
  name: 'loan-demand',
  version: 2,
  purpose: 'Estimates how much of a credit line a customer will use, and flags potential loan customers.',
  task: 'loan-demand',
  defaultThreshold: LOAN_DEMAND_THRESHOLD,
  alert: {
    kind: 'potential-loan-customer',
    text: ({ estimate, threshold }, isExplored) =>
      `Estimated use of the credit line ${percent(estimate)}, threshold ${percent(threshold)}.${isExplored ? ' Explored at random.' : ''}`,
  },
})

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
