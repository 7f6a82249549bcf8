import { recordState, numericState, type KeyedState } from '../../features/keyed-state.ts'
import { PriorityEntry } from '../../schemas/visits/priorities.ts'

/** Maximum length of a priority list. */
export const LIST_LENGTH_MAX = 100

/** Entries in order: the id begins with the probability, so that the best come first in a scan. */
const rankedKind = recordState('ranked', PriorityEntry)
/** The ranking id of an opportunity, by its probability. */
const placeKind = numericState('places', 1)
/** Number of entries. */
const countKind = numericState('ranked-count', 1)

export const rankingKinds = [rankedKind, placeKind, countKind] as const

/** Inserts the entry at its probability, or moves it there. */
export function rank(memory: KeyedState, entry: PriorityEntry): void {
  unrank(memory, entry.opportunityId)
  memory.put(rankedKind, idOf(entry.probability, entry.opportunityId), entry)
  memory.put(placeKind, entry.opportunityId, Float64Array.of(entry.probability))
  count(memory, +1)
}

/** Removes the entry; returns whether it existed. */
export function unrank(memory: KeyedState, opportunityId: string): boolean {
  const probability = memory.get(placeKind, opportunityId)?.[0]
  if (probability === undefined) return false
  memory.delete(rankedKind, idOf(probability, opportunityId))
  memory.delete(placeKind, opportunityId)
  count(memory, -1)
  return true
}

/** The top of the ranking, at most `LIST_LENGTH_MAX`; ties by smaller id. */
export function best(memory: KeyedState): PriorityEntry[] {
  const entries: PriorityEntry[] = []
  for (const [, entry] of memory.scan(rankedKind)) {
    entries.push(entry)
    if (entries.length === LIST_LENGTH_MAX) break
  }
  return entries
}

export function rankedCount(memory: KeyedState): number {
  return memory.get(countKind, '')?.[0] ?? 0
}

function count(memory: KeyedState, change: number): void {
  memory.put(countKind, '', Float64Array.of(rankedCount(memory) + change))
}

/** The bits of a non-negative double sort as its value; inverted they sort descending, best first. */
function idOf(probability: number, opportunityId: string): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.max(0, probability) + 0)
  return `${(~view.getBigUint64(0) & 0xffff_ffff_ffff_ffffn).toString(16).padStart(16, '0')}/${opportunityId}`
}

/** Whether two lists look the same: the same opportunities, order and numbers. */
export function sameList(one: readonly PriorityEntry[], other: readonly PriorityEntry[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ opportunityId, probability, customerId }, index) => {
      const entry = other[index]!
      return (
        entry.opportunityId === opportunityId && entry.probability === probability && entry.customerId === customerId
      )
    })
  )
}
