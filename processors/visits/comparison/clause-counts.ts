import { numericState, type KeyedState } from '../../../features/keyed-state.ts'
import { bitOf, clauseUse, type ClauseUse, type TemplateLimits } from '../../../features/visits/texts/clause-users.ts'
import { mixed } from '../../../features/visits/texts/sentences.ts'

/** Clauses that share a slot seem more common than they are: what counts too little is never evidence. */
const SLOTS = 1 << 18

/** By slot: 32 bits of people, and in how many reports. */
export const clauseKind = numericState('clauses', 2)

export function countClauses(state: KeyedState, clauses: ReadonlySet<number>, person: string): void {
  const bit = bitOf(person)
  for (const clause of clauses) {
    const id = slotOf(clause)
    const counts = state.get(clauseKind, id)
    state.put(clauseKind, id, Float64Array.of((counts?.[0] ?? 0) | bit, (counts?.[1] ?? 0) + 1))
  }
}

/** How common a clause is so far. */
export function useOfClause(
  state: KeyedState,
  clause: number,
  all: { readonly reports: number; readonly people: number },
  limits: TemplateLimits,
): ClauseUse {
  const counts = state.get(clauseKind, slotOf(clause))!
  return clauseUse({ bits: counts[0]!, count: counts[1]! }, all, limits)
}

function slotOf(clause: number): string {
  return (mixed(clause) % SLOTS).toString(36)
}
