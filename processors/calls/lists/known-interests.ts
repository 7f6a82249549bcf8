import { recordState } from '../../../features/keyed-state.ts'
import { isNewerEvent } from '../../../features/newer-revision.ts'
import { array, record, string, timestamp } from '../../../schemas/avro/schema.ts'
import { Interest, type CustomerInterests } from '../../../schemas/recommendations/interests.ts'
import type { State } from '../../processor.ts'

/** Of one customer, the strongest: so many products no bank offers. */
const INTERESTS_MAX = 200

const KnownInterests = record('KnownInterests', 'What the customer wants, as it was estimated last.', {
  id: string,
  occurredAt: timestamp,
  interests: array(Interest),
})
export const interestsKind = recordState('interests', KnownInterests)

/** Keeps the newest, whatever the order of arrival; false: something newer is known. */
export function rememberInterests(state: State, { id, occurredAt, interests }: CustomerInterests): boolean {
  const held = state.get(interestsKind, '')
  if (held !== undefined && !isNewerEvent({ id, occurredAt }, held)) return false
  state.put(interestsKind, '', { id, occurredAt, interests: interests.slice(0, INTERESTS_MAX) })
  return true
}

/** The probability that the customer wants the product; null: not known. */
export function interestIn(interests: readonly Interest[], product: string): number | null {
  return interests.find((one) => one.product === product)?.probability ?? null
}
