import { Type } from 'typebox'
import type { Feature, NamedFeatures } from '../ports.ts'
import { nullable } from '../http/schema-parts.ts'

/** The numbers of a row by name. */
export const NamedRow = Type.Record(Type.String(), nullable(Type.Number()), {
  description: 'The values by name; null if unknown.',
})

type NamedNumbers = Readonly<Record<string, number | null>>

export interface RowNames {
  /** Names that this version does not know any more are counted from 0. */
  name(featureSet: string, values: readonly number[]): NamedNumbers
  describe(featureSet: string, values: readonly number[]): (Feature & { value: number | null })[]
  /** undefined: an unknown set. */
  featuresOf(featureSet: string): readonly Feature[] | undefined
}

export function createRowNames(sets: readonly NamedFeatures[]): RowNames {
  const byId = new Map(sets.map(({ id, features }) => [id, features]))
  /** A row of another width was made by a version of the set that is not this one. */
  const featuresFor = (featureSet: string, width: number): readonly Feature[] => {
    const features = byId.get(featureSet)
    if (features?.length === width) return features
    return Array.from({ length: width }, (_, index) => ({
      name: String(index),
      meaning: `Number ${index} of ${featureSet}`,
      unit: '',
    }))
  }
  /** The scores of a customer share their numbers, which can't change (`store/sql/number-lists.ts`). */
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

/** JSON has no NaN: what is not known is null. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
