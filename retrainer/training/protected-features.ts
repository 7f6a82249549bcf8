import type { DescribedFeatures } from '../../features/feature-set.ts'

/**
 * Returns the indices of features that encode a protected attribute (sex, age, registered place), whose use lending law
 * forbids in many places (spec L5).
 */
export function protectedFeatures({ descriptions }: Pick<DescribedFeatures, 'descriptions'>): Int32Array {
  return Int32Array.from(descriptions.keys()).filter((feature) => descriptions[feature]!.protected === true)
}

/** Returns the indices of all other features. */
export function unprotectedFeatures({ descriptions }: Pick<DescribedFeatures, 'descriptions'>): Int32Array {
  return Int32Array.from(descriptions.keys()).filter((feature) => descriptions[feature]!.protected !== true)
}
