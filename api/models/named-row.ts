import { Type } from 'typebox'
import type { Feature, NamedFeatures } from '../ports.ts'
import { nullable } from '../http/schema-parts.ts'

/** Schema of a row's values by feature name. */
export const NamedRow = Type.Record(Type.String(), nullable(Type.Number()), {
  description: 'Values by feature name; null if unknown.',
})

type NamedNumbers = Readonly<Record<string, number | null>>

export interface RowNames {
  /** Returns the values by feature name. Features that this version does not know are named by index, from 0. */
  name(featureSet: string, values: readonly number[]): NamedNumbers
  describe(featureSet: string, values: readonly number[]): (Feature & { value: number | null })[]
  /** Returns the features of a set; `undefined` if the set is unknown. */
  featuresOf(featureSet: string): readonly Feature[] | undefined
}

export function createRowNames(sets: readonly NamedFeatures[]): RowNames {
  const byId = new Map(sets.map(({ id, features }) => [id, features]))
  /** A row of another width comes from another version of the set. */
  const featuresFor = (featureSet: string, width: number): readonly Feature[] => {
    const features = byId.get(featureSet)
    if (features?.length === width) return features
    return Array.from({ length: width }, (_, index) => ({
      name: String(index),
      meaning: `Feature ${index} of ${featureSet}`,
      unit: '',
    }))
  }
  /** Cache by array: the scores of a customer share their frozen rows (`store/sql/number-lists.ts`). */
  const named = new WeakMap<readonly number[], { readonly featureSet: string; readonly row: NamedNumbers }>()
  const nameAll = (featureSet: string, values: readonly number[]): NamedNumbers => {
    const row: Record<string, number | null> = {}
    for (const [index, { name }] of featuresFor(featureSet, values.length).entries()) row[name] = finite(values[index]!)
    return row
  }
  return {
    name(featureSet, values) {
      const known = named.get(values)
      if (known?.featureSet === featureSet) return known.row
      const row = nameAll(featureSet, values)
      if (Object.isFrozen(values)) named.set(values, { featureSet, row })
      return row
    },
    describe: (featureSet, values) =>
      featuresFor(featureSet, values.length).map(({ name, meaning, unit }, index) => ({
        name,
        meaning,
        unit,
        value: finite(values[index]!),
      })),
    featuresOf: (featureSet) => byId.get(featureSet),
  }
}

/** Returns null for NaN, which means unknown and which JSON lacks. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
