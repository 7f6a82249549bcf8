import { scoreCustomers } from '../customers/score-customers.ts'

/** Scores the probability that a call to the customer converts, for choosing whom to call (spec C1, C6). */
export const callConversion = scoreCustomers({
  name: 'call-conversion',
  version: 2,
  purpose: 'Scores the probability that a call to the customer converts.',
  task: 'call-conversion',
  defaultThreshold: 0.5,
})
