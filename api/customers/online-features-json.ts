import { ageSeconds } from '../operations/freshness.ts'
import type { OnlineFeatures, ServedFeatures, ViewProgress } from '../ports.ts'

/** The index of each selected feature in the row, with the JSON text that precedes its value. */
interface Layout {
  readonly heads: readonly string[]
  /** Parallel to `heads`; −1 if the feature set lacks the feature. */
  readonly indexes: readonly number[]
}

/** Writes the features of one customer as the fields of a JSON object, without its braces. */
export type FeaturesWriter = (customerId: string, features: ServedFeatures) => string

/**
 * Returns a writer of named features as JSON. `names` selects features and their order; one that the customer's feature
 * set lacks is null. The values are serialised in one call and interleaved with names that were serialised once, which
 * takes a third of the time of serialising an object.
 */
export function featuresWriter(of: Pick<OnlineFeatures, 'sets'>, names?: readonly string[]): FeaturesWriter {
  const layouts = new Map<string, Layout>()

  function layoutOf(featureSet: string, width: number): Layout {
    const id = `${featureSet}/${width}`
    let layout = layouts.get(id)
    if (layout === undefined) {
      const known = of.sets.get(featureSet)
      // This version doesn't know the feature set yet: features are named by their index, as elsewhere.
      const own = known?.length === width ? known : Array.from({ length: width }, (_, index) => String(index))
      layouts.set(id, (layout = layoutFor(own, names)))
    }
    return layout
  }

  return (customerId, { featureSet, occurredAt, values }) => {
    const { heads, indexes } = layoutOf(featureSet, values.length)
    // JSON has no NaN: JSON.stringify writes it as null.
    const numbers = JSON.stringify(values).slice(1, -1).split(',')
    let text = ''
    for (let index = 0; index < heads.length; index++) text += heads[index]! + (numbers[indexes[index]!] ?? 'null')
    const about = { customerId, featureSet, occurredAt: new Date(occurredAt).toISOString() }
    return `${JSON.stringify(about).slice(1, -1)},"features":{${text}}`
  }
}

function layoutFor(own: readonly string[], names: readonly string[] = own): Layout {
  return {
    heads: names.map((name, index) => `${index === 0 ? '' : ','}${JSON.stringify(name)}:`),
    indexes: names === own ? own.map((_, index) => index) : names.map((name) => own.indexOf(name)),
  }
}

/** Writes the freshness of the answer as the last fields of a JSON object. */
export function viewFields({ asOf, behind }: ViewProgress): string {
  const known = asOf === undefined ? { asOf: null, ageSeconds: null } : knownAge(asOf)
  return JSON.stringify({ ...known, recordsBehind: behind ?? null }).slice(1, -1)
}

function knownAge(asOf: number): { asOf: string; ageSeconds: number } {
  return { asOf: new Date(asOf).toISOString(), ageSeconds: ageSeconds(asOf) }
}
