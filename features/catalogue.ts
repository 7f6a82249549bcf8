import { customerFeatures } from './customers/customer.ts'
import type { DescribedFeatures, FeatureDescription } from './feature-set.ts'
import { organisationFeatures } from './recommendations/organisation.ts'
import { preferenceFeatures } from './recommendations/tastes.ts'
import { turnFeatures } from './calls/turns.ts'
import { visitFeatures } from './visits/visits.ts'

export interface CatalogueEntry extends FeatureDescription {
  /** The row with this number, `name@version`. */
  readonly featureSet: string
}

/** Every set of features that models are trained on. */
export const catalogued: readonly DescribedFeatures[] = [
  customerFeatures,
  visitFeatures,
  organisationFeatures,
  turnFeatures,
  preferenceFeatures,
]

/** One line for each feature, in the order of the rows; under the first set that has it. */
export const catalogue: readonly CatalogueEntry[] = catalogued.flatMap(({ id, descriptions }, place) =>
  descriptions
    .filter(({ name }) => !catalogued.slice(0, place).some(({ names }) => names.includes(name)))
    .map((description) => ({ featureSet: id, ...description })),
)
