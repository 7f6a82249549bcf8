import { ageSeconds } from '../operations/freshness.ts'
import type { OnlineFeatures, ServedFeatures, ViewMoment } from '../ports.ts'

/** The place of each chosen number in the row, with what stands before it in JSON. */
interface Layout {
  readonly heads: readonly string[]
  /** By head; −1: the set has no such number. */
  readonly indexes: readonly number[]
}

/** Writes the features of one customer as the fields of a JSON object, without its braces. */
export type FeaturesWriter = (customerId: string, features: ServedFeatures) => string

/**
 * Features as JSON, number by number under their names; `names`: only these, in this order, those of other versions of
 * the set as null. Numbers are turned into text all at once and the names, which were written once, put between them: a
 * third of the time of an object of all names.
 */
export function featuresWriter(of: Pick<OnlineFeatures, 'sets'>, names?: readonly string[]): FeaturesWriter {
  const layouts = new Map<string, Layout>()

  function layoutOf(featureSet: string, width: number): Layout {
    const id = `${featureSet}/${width}`
    let layout = layouts.get(id)
    if (layout === undefined) {
      const known = of.sets.get(featureSet)
      // Of a set that this version does not know yet: counted from 0, as everywhere.
      const own = known?.length === width ? known : Array.from({ length: width }, (_, index) => String(index))
      layouts.set(id, (layout = layoutFor(own, names)))
    }
    return layout
  }

  return (customerId, { featureSet, occurredAt, values }) => {
    const { heads, indexes } = layoutOf(featureSet, values.length)
    // JSON has no NaN: what is not known is null.
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

/** How fresh the answer is, as the last fields of a JSON object. */
export function viewFields({ asOf, behind }: ViewMoment): string {
  const known = asOf === undefined ? { asOf: null, ageSeconds: null } : knownAge(asOf)
  return JSON.stringify({ ...known, recordsBehind: behind ?? null }).slice(1, -1)
}

function knownAge(asOf: number): { asOf: string; ageSeconds: number } {
  return { asOf: new Date(asOf).toISOString(), ageSeconds: ageSeconds(asOf) }
}
