import { recordState, type KeyedState } from '../../features/keyed-state.ts'
import { agreedNext } from '../../features/visits/texts/agreed-next.ts'
import { visitFeatures } from '../../features/visits/visits.ts'
import { double, int, nullable, record, string, timestamp, type TypeOf } from '../../schemas/avro/schema.ts'
import type { Score } from '../../schemas/models/scores.ts'

const Scored = record('Scored', 'What the newest score of an opportunity tells.', {
  probability: nullable(double),
  modelId: nullable(string),
  salespersonId: nullable(string),
  lastVisitAt: timestamp,
  visitCount: int,
  visitsInMonth: nullable(int),
  agreed: nullable(string),
  probabilityBefore: nullable(double),
})
type Scored = TypeOf<typeof Scored>
export const scoredKind = recordState('scored', Scored)

const VISITS_IN_MONTH = visitFeatures.names.indexOf('visits.count30d')

/** Stores a conversion score. The one published last counts, even if it is of fewer visits: then one was withdrawn. */
export function rememberScore(state: KeyedState, opportunityId: string, score: Score): void {
  const { probability, modelId, salespersonId, occurredAt: lastVisitAt, visitCount, featureSet, row } = score
  const inMonth = featureSet === visitFeatures.id ? row[VISITS_IN_MONTH] : undefined
  const held = state.get(scoredKind, opportunityId)
  state.put(scoredKind, opportunityId, {
    probability,
    modelId,
    // Keeps the opportunity on its salesperson’s list when no visit remains.
    salespersonId: salespersonId ?? held?.salespersonId ?? null,
    lastVisitAt,
    visitCount: visitCount ?? 1,
    visitsInMonth: inMonth !== undefined && Number.isFinite(inMonth) ? Math.round(inMonth) : null,
    agreed: agreedOf(score),
    probabilityBefore: probabilityBefore(held, score),
  })
}

/** Returns the probability before the last visit; null if it is unknown or of another model. */
function probabilityBefore(held: Scored | undefined, { modelId, visitCount }: Score): number | null {
  if (held === undefined || held.modelId !== modelId || visitCount === null) return null
  if (visitCount > held.visitCount) return held.probability
  return visitCount === held.visitCount ? held.probabilityBefore : null
}

/** Returns the next contact agreed in the report of the last visit; null if there is none. */
function agreedOf({ text, lineTimes, occurredAt }: Score): string | null {
  if (text === null || lineTimes?.at(-1) !== occurredAt) return null
  return agreedNext(text.slice(text.lastIndexOf('\n') + 1))
}
