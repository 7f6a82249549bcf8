import { unitHash } from './string-hash.ts'

/** Normalises a name: width, case and surrounding spaces do not matter. */
export function normaliseName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

/**
 * Returns the bucket of a name (feature hashing: Weinberger et al. 2009). Names come from the data, so no list of them
 * is kept; collisions are rare.
 */
export function bucketOf(name: string, buckets: number): number {
  return Math.floor(unitHash(normaliseName(name)) * buckets)
}
