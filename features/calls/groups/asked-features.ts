import { customerFeatures } from '../../customers/customer.ts'

/** Where features of customers lie in their set. */
export interface AskedFeatures {
  /** `name@version`. */
  readonly featureSet: string
  /** In the order of the names, from 0 on; −1: there is no such feature. */
  readonly places: readonly number[]
}

export function askedFeatures(names: readonly string[]): AskedFeatures {
  return { featureSet: customerFeatures.id, places: names.map((name) => customerFeatures.names.indexOf(name)) }
}
