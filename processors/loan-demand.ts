import { scoreCustomers } from './score-customers.ts'

/** Estimates the cumulative usage of a credit line over the coming weeks, and flags who is likely to need a loan (spec L3). */
export const loanDemand = scoreCustomers({
  name: 'loan-demand',
  version: 1,
  purpose: 'Estimates how much of a credit line a customer will use, and flags potential loan customers.',
  task: 'loan-demand',
  thresholdDelivered: 0.6,
  alert: {
    kind: 'potential-loan-customer',
    text: (estimate, threshold) => `Estimated use of the credit line ${percent(estimate)}, threshold ${percent(threshold)}.`,
  },
})

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
