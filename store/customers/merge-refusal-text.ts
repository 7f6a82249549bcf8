import type { MergeRefusal } from './customer-merges.ts'

/** Says why a merge is refused and what to do. */
export function mergeRefusalText(refusal: MergeRefusal, customerId: string): string {
  if (refusal.refused === 'self') return `${customerId} can't be merged into themselves: name two customers.`
  if (refusal.refused === 'cycle')
    return `The other customer was merged into ${customerId} before: they are one already, under the id ${customerId}.`
  if (refusal.refused === 'unknown')
    return `There is no customer ${JSON.stringify(refusal.id)}: nothing is known of them, or they were erased.`
  return `${customerId} was merged into ${refusal.into} already, and belongs to that customer.`
}
