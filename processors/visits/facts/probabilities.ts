import { recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import { array, double, int, record, type TypeOf } from '../../../schemas/avro/schema.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import { withoutPoint, withPoint } from '../assess-visits.ts'

const Probabilities = record('Probabilities', 'The conversion probability of an opportunity after its visits.', {
  points: array(record('Point', 'After so many visits.', { visitCount: int, probability: double })),
})
type Points = TypeOf<typeof Probabilities>['points']

export const probabilityKind = recordState('probabilities', Probabilities)

/** Keeps a conversion score; another one for the same visit count replaces it. Returns whether anything changed. */
export function storeProbability(state: KeyedState, score: Score): boolean {
  const { task, opportunityId, visitCount, probability } = score
  if (task !== 'conversion' || opportunityId === null || visitCount === null) return false
  const id = idPart(opportunityId)
  const held = state.get(probabilityKind, id)?.points ?? []
  const before = held.find((point) => point.visitCount === visitCount)?.probability ?? null
  if (before === probability) return false
  const points = probability === null ? withoutPoint(held, visitCount) : withPoint(held, { visitCount, probability })
  state.put(probabilityKind, id, { points })
  return true
}

export function probabilitiesOf(state: KeyedState, opportunityId: string): Points {
  return state.get(probabilityKind, idPart(opportunityId))?.points ?? []
}
