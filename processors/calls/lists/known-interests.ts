import { recordState } from '../../../features/keyed-state.ts'
import { array, record, timestamp } from '../../../schemas/avro/schema.ts'
import { Interest, type CustomerInterests } from '../../../schemas/recommendations/interests.ts'
import type { State } from '../../processor.ts'

/** Of one customer, the strongest: so many products no bank offers. */
const INTERESTS_MAX = 200

const KnownInterests = record('KnownInterests', 'What the customer wants, as it was estimated last.', {
  occurredAt: timestamp,
  interests: array(Interest),
})
export const interestsKind = recordState('interests', KnownInterests)

/**
 * Keeps the newest; false: something newer is known. Of one moment, as after a release of another model, the last one
 * counts: those of a customer come in the order in which they were estimated.
 */
export function rememberInterests(state: State, { occurredAt, interests }: CustomerInterests): boolean {
  const held = state.get(interestsKind, '')
  if (held !== undefined && occurredAt < held.occurredAt) return false
  state.put(interestsKind, '', { occurredAt, interests: interests.slice(0, INTERESTS_MAX) })
  return true
}

/** The probability that the customer wants the product; null: not known. */
export function interestIn(interests: readonly Interest[], product: string): number | null {
  return interests.find((one) => one.product === product)?.probability ?? null
}
