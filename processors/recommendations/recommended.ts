import { normaliseName } from '../../features/hashed-names.ts'
import type { Dictionary, Need, Stage } from '../../schemas/recommendations/dictionary.ts'
import type { AnsweredNeed, RecommendedItem } from '../../schemas/recommendations/recommendations.ts'

/** The default until a threshold is set. */
export const RECOMMENDATION_THRESHOLD = 0.3

/** The traits of an organisation that select needs and advice. */
export interface Audience {
  readonly stage: Stage
  readonly fieldOfActivity: string | null
  readonly segment: string | null
  /** Interests of the contact persons. */
  readonly interests: readonly string[]
}

/**
 * Keeps the characteristics whose probability reaches the threshold and describes them with the current dictionary,
 * best first, ties in order of id. `outputs` are ids of characteristics; retired and unknown ones are left out.
 */
export function recommended(
  outputs: readonly string[],
  probabilities: ArrayLike<number>,
  threshold: number,
  dictionary: Dictionary,
  audience: Audience,
): RecommendedItem[] {
  const characteristics = new Map(dictionary.characteristics.map((one) => [one.id, one]))
  const needs = new Map(dictionary.needs.map((one) => [one.id, one]))
  const interests = new Set(audience.interests.map(normaliseName))
  return outputs
    .flatMap((id, output): RecommendedItem[] => {
      const characteristic = characteristics.get(id)
      const probability = probabilities[output]!
      if (characteristic === undefined || characteristic.retired || !(probability >= threshold)) return []
      const answered = characteristic.needs.flatMap((needId): AnsweredNeed[] => {
        const need = needs.get(needId)
        if (need === undefined || !isNeedOf(need, audience)) return []
        const { name, category } = need
        return [{ id: needId, name, category, ofContacts: interests.has(normaliseName(category)) }]
      })
      return [
        {
          characteristicId: id,
          name: characteristic.name,
          product: characteristic.product,
          probability,
          needs: answered.sort((one, other) => Number(other.ofContacts) - Number(one.ofContacts)),
          advice: characteristic.advice[audience.stage] ?? null,
        },
      ]
    })
    .sort(
      (one, other) => other.probability - one.probability || (one.characteristicId < other.characteristicId ? -1 : 1),
    )
}

/** Returns current characteristics for which the model has no output: they were added later, or had no data. */
export function unknownTo(outputs: readonly string[], dictionary: Dictionary): string[] {
  const known = new Set(outputs)
  return dictionary.characteristics.flatMap(({ id, retired }) => (retired || known.has(id) ? [] : [id]))
}

/** A need applies to all organisations unless it is limited to a field of activity or a segment. */
function isNeedOf({ fieldOfActivity, segment, retired }: Need, audience: Audience): boolean {
  if (retired) return false
  return isSame(fieldOfActivity, audience.fieldOfActivity) && isSame(segment, audience.segment)
}

function isSame(wanted: string | null, given: string | null): boolean {
  return wanted === null || (given !== null && normaliseName(wanted) === normaliseName(given))
}
