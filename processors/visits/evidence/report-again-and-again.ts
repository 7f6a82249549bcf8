import { verbatimShare } from '../../../features/visits/texts/text-sketch.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { detector, parameter, ramp } from './detector.ts'

export const reportAgainAndAgain = detector({
  kind: 'report-again-and-again',
  group: 'text',
  means:
    'The salesperson writes exactly the same clauses, names and numbers included, for one customer after another: they say nothing about this one.',
  cannotKnow: 'Whether the visits were alike, such as deliveries, or visits to customers who were out.',
  weights: { false: 0.15, invalid: 0.6 },
  parameters: {
    customersMin: parameter(3, 2, 1_000, 'minimum number of other customers with the same words'),
    shareMin: parameter(0.85, 0.5, 1, 'minimum share of the clauses that are the same'),
    days: parameter(180, 1, 3_650, 'maximum number of days between the reports'),
  },
  // Compares the last visit with the others.
  *detect(visits, { customersMin, shareMin, days }) {
    const visit = visits.at(-1)
    const sketch = visit?.text?.sketch
    if (visit === undefined || !sketch || visit.salespersonId === null) return
    const alike = visits.filter((earlier) => {
      const other = earlier.text?.sketch
      if (!other || earlier === visit || earlier.salespersonId !== visit.salespersonId) return false
      if (earlier.customerId === null || earlier.customerId === visit.customerId) return false
      if (visit.at !== null && earlier.at !== null && visit.at - earlier.at > days! * DAY_MS) return false
      return verbatimShare(sketch, other) >= shareMin! && verbatimShare(other, sketch) >= shareMin!
    })
    const customers = new Set(alike.map(({ customerId }) => customerId)).size
    if (customers < customersMin!) return
    const text = `The same words as for ${customers} other customers of the salesperson.`
    yield {
      visit,
      score: 0.6 + 0.4 * ramp(customers, customersMin!, customersMin! + 3),
      text,
      with: alike.at(-1)!.visitId,
    }
  },
})
