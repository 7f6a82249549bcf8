import { customerFeatures } from '../../customers/customer.ts'

/** Positions of the requested features in the customer feature set. */
export interface RequestedFeatures {
  /** `name@version`. */
  readonly featureSet: string
  /** Index of each feature, from 0, in the order of the names; −1 for an unknown feature. */
  readonly places: readonly number[]
}

export function requestedFeatures(names: readonly string[]): RequestedFeatures {
  return { featureSet: customerFeatures.id, places: names.map((name) => customerFeatures.names.indexOf(name)) }
}
