import { everyMerge, rootsOf, versionOfMerges } from '../../store/customers/customer-merges.ts'
import type { Reader } from '../../store/database.ts'

/** Knows who merged customers are, as of the transaction that asks. */
export interface MergeGuard {
  /** `undefined`: nobody was merged. */
  current(transaction: Reader): Promise<((id: string) => string) | undefined>
}

/**
 * A merge locks the positions that a writer of rows locks first, so a writer that asks in its transaction misses none.
 * They are read when they have changed.
 */
export function createMergeGuard(): MergeGuard {
  let known = '0/0'
  let rootOf: ((id: string) => string) | undefined
  return {
    async current(transaction) {
      const version = await versionOfMerges(transaction)
      if (version === known) return rootOf
      const merges = await everyMerge(transaction)
      known = version
      return (rootOf = merges.length === 0 ? undefined : rootsOf(merges))
    },
  }
}
