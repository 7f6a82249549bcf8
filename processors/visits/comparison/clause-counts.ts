import { numericState, type KeyedState } from '../../../features/keyed-state.ts'
import { bitOf, clauseUse, type ClauseUse, type TemplateLimits } from '../../../features/visits/texts/clause-users.ts'
import { mixed } from '../../../features/visits/texts/clauses.ts'

/**
 * Slots of the hash table. Clauses that collide seem more common than they are, which can hide evidence but not create
 * it.
 */
const SLOTS = 1 << 18

/** By slot: a set of people as 32 bits, and the number of reports. */
export const clauseKind = numericState('clauses', 2)

/** Counts the clauses of a report. Returns a function that tells how common each of them is so far. */
export function countClauses(
  state: KeyedState,
  clauses: ReadonlySet<number>,
  person: string,
): (clause: number, all: { readonly reports: number; readonly people: number }, limits: TemplateLimits) => ClauseUse {
  const bit = bitOf(person)
  const counted = new Map<number, Float64Array>()
  for (const clause of clauses) {
    const id = slotOf(clause)
    const counts = state.get(clauseKind, id) ?? new Float64Array(2)
    counts[0]! |= bit
    counts[1]!++
    state.put(clauseKind, id, counts)
    counted.set(clause, state.get(clauseKind, id)!)
  }
  return (clause, all, limits) => {
    const counts = counted.get(clause)!
    return clauseUse({ bits: counts[0]!, count: counts[1]! }, all, limits)
  }
}

function slotOf(clause: number): string {
  return (mixed(clause) % SLOTS).toString(36)
}
