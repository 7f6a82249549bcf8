import { unitHash } from './string-hash.ts'

/** The same name however it is written: full width or not, upper or lower case, with spaces around it or not. */
export function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

/**
 * The place of a name among so many (feature hashing: Weinberger et al. 2009). What names there are is decided by those who write
 * them, so no list of them is kept; two names share a place now and then.
 */
export function bucketOf(name: string, buckets: number): number {
  return Math.floor(unitHash(folded(name)) * buckets)
}
