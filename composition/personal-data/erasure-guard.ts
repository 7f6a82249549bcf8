import type { Reader } from '../../store/database.ts'
import { erasuresAfter } from '../../store/operations/personal-data-acts.ts'
import { createErasedPersons, type ErasedPersons } from '../../streams/erasure/erased-persons.ts'

/** Knows who is erased, as of the transaction that asks. */
export interface ErasureGuard {
  current(transaction: Reader): Promise<ErasedPersons>
}

/**
 * An erasure locks the positions that a writer of rows locks first, so a writer that asks in its transaction misses
 * none. Only new erasures are read.
 */
export function createErasureGuard(): ErasureGuard {
  const all: Awaited<ReturnType<typeof erasuresAfter>>[number][] = []
  let persons = createErasedPersons([])
  return {
    async current(transaction) {
      const added = await erasuresAfter(transaction, all.at(-1)?.id ?? 0)
      all.push(...added)
      if (added.length > 0) persons = createErasedPersons(all)
      return persons
    },
  }
}
