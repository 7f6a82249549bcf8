import type { DescribedFeatures } from '../../features/feature-set.ts'

/**
 * Indexes of the features that encode a protected attribute (sex, age, registered place): lending law in many places
 * forbids their use (spec L5).
 */
export function protectedFeatures({ descriptions }: Pick<DescribedFeatures, 'descriptions'>): Int32Array {
  return Int32Array.from(descriptions.keys()).filter((feature) => descriptions[feature]!.protected === true)
}

/** Indexes of all others. */
export function unprotectedFeatures({ descriptions }: Pick<DescribedFeatures, 'descriptions'>): Int32Array {
  return Int32Array.from(descriptions.keys()).filter((feature) => descriptions[feature]!.protected !== true)
}
