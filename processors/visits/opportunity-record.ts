import { mergeKind, revisedOf } from '../../features/merge-kinds.ts'
import { recordState, type KeyedState } from '../../features/keyed-state.ts'
import { isNewerRevision } from '../../features/newer-revision.ts'
import { Opportunity } from '../../schemas/visits/visits.ts'

/** The current revision of each opportunity of a customer, under its id. */
export const opportunityKind = recordState('opportunities', Opportunity)

export function mergeOpportunities(memory: KeyedState, other: KeyedState): void {
  mergeKind(memory, other, opportunityKind, revisedOf)
}

/**
 * Stores an opportunity or its correction. The highest revision wins, then the later event time, then the larger id.
 * Returns whether it changed anything.
 */
export function rememberOpportunity(memory: KeyedState, opportunity: Opportunity): boolean {
  const held = memory.get(opportunityKind, opportunity.opportunityId)
  if (held !== undefined && !isNewerRevision(opportunity, held)) return false
  memory.put(opportunityKind, opportunity.opportunityId, opportunity)
  return true
}
