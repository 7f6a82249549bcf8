import { customerFeatures } from '../../customers/customer.ts'

/** Positions of the requested features in the customer feature set. */
export interface AskedFeatures {
  /** `name@version`. */
  readonly featureSet: string
  /** Index of each feature, from 0, in the order of the names; −1 for an unknown feature. */
  readonly places: readonly number[]
}

export function askedFeatures(names: readonly string[]): AskedFeatures {
  return { featureSet: customerFeatures.id, places: names.map((name) => customerFeatures.names.indexOf(name)) }
}
