import type { CustomerMerge } from '../../schemas/platform/customer-merges.ts'

/** Merges as a transaction sees them. */
export interface MergedAtVersion {
  /** Number of merged customers. */
  readonly size: number
  /** Offset after the newest merge; 0 if there is none. */
  readonly end: number
  /** Returns the merges that have an effect, of this offset or later, in order. */
  from(offset: number): readonly CustomerMerge[]
  /** Returns the customer whom this one was merged into; `undefined`: none. */
  intoOf(id: string): string | undefined
  /** Returns who a customer is after all merges. */
  rootOf(id: string): string
}

export const nobodyMerged: MergedAtVersion = mergedCustomers([])

/**
 * Applies merges in the order of their topic. One that contradicts an earlier one has no effect: of a customer who was
 * merged already, into themselves, or into somebody who was merged into them.
 */
export function mergedCustomers(records: readonly (CustomerMerge & { readonly offset: number })[]): MergedAtVersion {
  const intoById = new Map<string, string>()
  const rootOf = (id: string) => {
    let root = id
    for (let next = intoById.get(root); next !== undefined; next = intoById.get(root)) root = next
    return root
  }
  const effective = [...records]
    .sort((one, other) => one.offset - other.offset)
    .filter(({ customerId, into }) => {
      if (intoById.has(customerId) || rootOf(into) === customerId) return false
      intoById.set(customerId, into)
      return true
    })
  return {
    size: intoById.size,
    end: Math.max(-1, ...records.map(({ offset }) => offset)) + 1,
    from: (first) => effective.filter(({ offset }) => offset >= first),
    intoOf: (id) => intoById.get(id),
    rootOf,
  }
}
