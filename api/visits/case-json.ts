import { Type, type Static } from 'typebox'
import { Case as CaseRecord } from '../../schemas/visits/cases.ts'
import type { StoredCase } from '../../store/visits/cases.ts'
import type { ListedCase } from '../../store/visits/listed-cases.ts'
import { responseFields } from '../http/response-fields.ts'
import { isoTimes } from '../http/iso-times.ts'
import { CustomerName } from '../http/personal.ts'

/** Response schema of a case. `revision` is its ETag. */
export const Case = Type.Object({
  ...responseFields(CaseRecord, ['source', 'change']),
})

/** A case with its expected loss if it is not reviewed. */
export const PricedCase = Type.Object({
  ...Case.properties,
  customerName: CustomerName,
  probability: Type.Number({
    description: 'Probability that the suspicion is true, by the model that scored the visit or by past decisions.',
  }),
  expectedLoss: Type.Number({ description: 'Probability times the cost of such a visit.' }),
  worthReviewing: Type.Boolean({ description: 'Whether the expected loss is at least the cost of a review.' }),
})

export function caseJson(stored: StoredCase): Static<typeof Case> {
  const fields = Object.keys(Case.properties) as (keyof StoredCase)[]
  return isoTimes(Object.fromEntries(fields.map((field) => [field, stored[field]]))) as Static<typeof Case>
}

export function pricedCaseJson(listed: ListedCase, customerName: string | null): Static<typeof PricedCase> {
  const { probability, expectedLoss, worthReviewing } = listed
  return { ...caseJson(listed), customerName, probability, expectedLoss, worthReviewing }
}
