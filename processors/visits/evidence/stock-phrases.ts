import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { detector, parameter, ramp } from './detector.ts'
import { percent } from '../formats.ts'

export const stockPhrases = detector({
  kind: 'stock-phrases',
  group: 'text',
  means:
    'Nearly every clause of the report is one that the salesperson has written for several other customers, in one combination or another: a report put together from a stock of phrases says nothing about this customer.',
  cannotKnow:
    'Whether the visits were alike. Clauses count word for word, with names and numbers: a stock phrase with another name in it is not found.',
  weights: { false: 0.2, invalid: 0.6 },
  parameters: {
    customersMin: parameter(2, 1, 1_000, 'minimum number of other customers for whom a clause was written'),
    shareMin: parameter(0.8, 0.5, 1, 'minimum share of the clauses that were written for so many'),
    reportsMin: parameter(4, 2, 1_000, 'minimum number of other reports that these clauses are from'),
    days: parameter(180, 1, 3_650, 'maximum number of days between the reports'),
  },
  // Compares the last visit with the others.
  *detect(visits, { customersMin, shareMin, reportsMin, days }) {
    const visit = visits.at(-1)
    const clauses = visit?.text?.sketch?.verbatim
    if (visit === undefined || clauses === undefined || visit.salespersonId === null) return
    const others = visits.slice(0, -1).filter((earlier) => isOwnOfAnother(visit, earlier, days!))
    if (others.length < reportsMin!) return
    const customersOf = new Map(Array.from(clauses, (clause) => [clause, new Set<string>()]))
    const sources = others.filter(({ customerId, text }) => {
      const common = text!.sketch!.verbatim.filter((clause) => customersOf.has(clause))
      for (const clause of common) customersOf.get(clause)!.add(customerId!)
      return common.length > 0
    })
    const used = [...customersOf.values()].filter((customers) => customers.size >= customersMin!).length
    const share = used / clauses.length
    if (sources.length < reportsMin! || share < shareMin!) return
    const text = `${percent(share)} of its clauses are in ${sources.length} reports of the salesperson on other customers, word for word.`
    const score = 0.6 + 0.4 * ramp(sources.length, reportsMin! - 1, reportsMin! + 4)
    yield { visit, score, text, with: sources.at(-1)!.visitId }
  },
})

function isOwnOfAnother(visit: VisitFacts, earlier: VisitFacts, days: number): boolean {
  if (!earlier.text?.sketch || earlier.salespersonId !== visit.salespersonId) return false
  if (earlier.customerId === null || earlier.customerId === visit.customerId) return false
  return visit.at === null || earlier.at === null || visit.at - earlier.at <= days * DAY_MS
}
