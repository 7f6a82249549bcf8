import type { KeyedStateView } from './keyed-state.ts'

/**
 * Evicts keys from memory when there are too many records. A hand cycles over the keys and evicts those not used since
 * its last pass (the clock algorithm: Corbató 1969), a few steps per transaction.
 */
export function createEviction(cache: Map<string, KeyedStateView>, recordsMax: number) {
  let hand = cache.values()
  let passBegan = 0
  let records = 0
  const used: KeyedStateView[] = []

  return {
    used: (of: KeyedStateView) => void used.push(of),
    makeRoom(transaction: number) {
      for (const of of used) {
        records += of.takeGrowth()
      }
      for (let looks = 64 + 2 * used.length; records > recordsMax && looks > 0; looks--) {
        const next = hand.next()
        if (next.done === true) {
          hand = cache.values()
          passBegan = transaction
          continue
        }
        const { value } = next
        if (value.unflushed > 0 || value.usedIn >= passBegan) continue
        cache.delete(value.key)
        records -= value.recordCount
      }
      used.length = 0
    },
  }
}
