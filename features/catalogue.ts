import type { DescribedFeatures, FeatureDescription } from './feature-set.ts'

export interface CatalogueEntry extends FeatureDescription {
  /** The row with this number, `name@version`. */
  readonly featureSet: string
}

/** One line for each feature, in the order of the rows; under the first set that has it. */
export function catalogueOf(sets: readonly DescribedFeatures[]): CatalogueEntry[] {
  return sets.flatMap(({ id, descriptions }, place) =>
    descriptions
      .filter(({ name }) => !sets.slice(0, place).some(({ names }) => names.includes(name)))
      .map((description) => ({ featureSet: id, ...description })),
  )
}
