import { stages, type Stage } from '../../schemas/recommendations/dictionary.ts'
import type { Opportunity } from '../../schemas/visits/visits.ts'
import { normaliseName } from '../hashed-names.ts'

/** Names that CRMs give the stages of their funnels, lower case. */
const otherNames = new Map<string, Stage>([
  ['lead', 'first contact'],
  ['prospecting', 'first contact'],
  ['qualification', 'first contact'],
  ['engaging', 'sale'],
  ['presentation', 'sale'],
  ['proposal', 'sale'],
  ['negotiation', 'contract'],
  ['closing', 'contract'],
  ['contract signing', 'contract'],
  ['won', 'retention'],
  ['renewal', 'retention'],
  ['service', 'retention'],
])

/** Returns the funnel stage of a name; `undefined` if it is unknown. */
export function stageNamed(name: string): Stage | undefined {
  const plain = normaliseName(name)
  return stages.find((stage) => stage === plain) ?? otherNames.get(plain)
}

/**
 * Returns a customer’s stage in the funnel: that of the most recently updated open opportunity, where an unknown name
 * counts as a sale. Without an open opportunity it is retention if one was ever won, otherwise first contact.
 */
export function stageOf(opportunities: readonly Opportunity[]): Stage {
  const open = latestOf(opportunities.filter(({ status }) => status === 'open'))
  if (open !== undefined) return open.stage === null ? 'first contact' : (stageNamed(open.stage) ?? 'sale')
  return opportunities.some(({ status }) => status === 'won') ? 'retention' : 'first contact'
}

/** Returns the most recently updated opportunity, of several at the same time the one with the larger id. */
export function latestOf(opportunities: readonly Opportunity[]): Opportunity | undefined {
  return opportunities.reduce<Opportunity | undefined>(
    (latest, one) =>
      latest === undefined ||
      one.occurredAt > latest.occurredAt ||
      (one.occurredAt === latest.occurredAt && one.opportunityId > latest.opportunityId)
        ? one
        : latest,
    undefined,
  )
}
