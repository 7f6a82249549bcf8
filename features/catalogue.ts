import { customerFeatures } from './customer.ts'
import type { DescribedFeatures, FeatureDescription } from './feature-set.ts'
import { organisationFeatures } from './organisation.ts'
import { turnFeatures } from './turns.ts'
import { visitFeatures } from './visits.ts'

export interface CatalogueEntry extends FeatureDescription {
  /** The row that it is a number of, `name@version`. */
  readonly featureSet: string
}

/** Every set of features that models are trained on. */
export const catalogued: readonly DescribedFeatures[] = [customerFeatures, visitFeatures, organisationFeatures, turnFeatures]

/** One line for each feature, in the order of the rows. */
export const catalogue: readonly CatalogueEntry[] = catalogued.flatMap(({ id, descriptions }) =>
  descriptions.map((description) => ({ featureSet: id, ...description })),
)
