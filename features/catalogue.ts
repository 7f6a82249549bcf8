import type { DescribedFeatures, FeatureDescription } from './feature-set.ts'

export interface CatalogueEntry extends FeatureDescription {
  /** Feature set with this feature, `name@version`. */
  readonly featureSet: string
}

/** Returns one entry per feature, in row order, under the first set that has it. */
export function catalogueOf(sets: readonly DescribedFeatures[]): CatalogueEntry[] {
  return sets.flatMap(({ id, descriptions }, place) =>
    descriptions
      .filter(({ name }) => !sets.slice(0, place).some(({ names }) => names.includes(name)))
      .map((description) => ({ featureSet: id, ...description })),
  )
}
