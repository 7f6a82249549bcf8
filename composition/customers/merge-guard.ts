import { mergesAfter, rootsOf } from '../../store/customers/customer-merges.ts'
import type { Reader } from '../../store/database.ts'

/** Knows who merged customers are, as of the transaction that asks. */
export interface MergeGuard {
  /** `undefined`: nobody was merged. */
  current(transaction: Reader): Promise<((id: string) => string) | undefined>
}

/**
 * A merge locks the positions that a writer of rows locks first, so a writer that asks in its transaction misses none.
 * Only new merges are read.
 */
export function createMergeGuard(): MergeGuard {
  const all: Awaited<ReturnType<typeof mergesAfter>>[number][] = []
  let rootOf: ((id: string) => string) | undefined
  return {
    async current(transaction) {
      const added = await mergesAfter(transaction, all.at(-1)?.number ?? 0)
      all.push(...added)
      if (added.length > 0) rootOf = rootsOf(all)
      return rootOf
    },
  }
}
