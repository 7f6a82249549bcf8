import { recordState } from '../../../features/keyed-state.ts'
import { array, record, timestamp } from '../../../schemas/avro/schema.ts'
import { Interest, type CustomerInterests } from '../../../schemas/recommendations/interests.ts'
import type { State } from '../../processor.ts'

/** Interests kept per customer, the strongest first; no bank offers this many products. */
const INTERESTS_MAX = 200

const KnownInterests = record('KnownInterests', 'What the customer wants, as it was estimated last.', {
  occurredAt: timestamp,
  interests: array(Interest),
})
export const interestsKind = recordState('interests', KnownInterests)

/**
 * Keeps the newest interests; returns false if newer ones are held. Of equal times, as after the release of another
 * model, the last to arrive wins: a customer’s interests arrive in the order in which they were estimated.
 */
export function rememberInterests(state: State, { occurredAt, interests }: CustomerInterests): boolean {
  const held = state.get(interestsKind, '')
  if (held !== undefined && occurredAt < held.occurredAt) return false
  state.put(interestsKind, '', { occurredAt, interests: interests.slice(0, INTERESTS_MAX) })
  return true
}

/** Returns the probability that the customer wants the product; null if unknown. */
export function interestIn(interests: readonly Interest[], product: string): number | null {
  return interests.find((one) => one.product === product)?.probability ?? null
}
