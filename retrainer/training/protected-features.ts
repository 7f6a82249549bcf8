import { catalogue } from '../../features/catalogue.ts'

const named = new Set(catalogue.filter((entry) => entry.protected === true).map(({ name }) => name))

/**
 * Indexes of the features that encode a protected attribute (sex, age, registered place): lending law in many places
 * forbids their use (spec L5).
 */
export function protectedFeatures(featureNames: readonly string[]): Int32Array {
  return Int32Array.from(featureNames.keys()).filter((feature) => named.has(featureNames[feature]!))
}

/** Places of all others. */
export function unprotectedFeatures(featureNames: readonly string[]): Int32Array {
  return Int32Array.from(featureNames.keys()).filter((feature) => !named.has(featureNames[feature]!))
}
