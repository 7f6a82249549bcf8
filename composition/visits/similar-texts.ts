import { bandsOf, type TextSketch } from '../../features/visits/texts/text-sketch.ts'
import type { VisitFacts } from '../../features/visits/visit-facts.ts'

/** Maximum texts compared per bucket, newest first: a fuller bucket contains a text that everybody writes. */
const BUCKET_MAX = 64
const NONE = -1

/** Index of earlier texts that may be similar to a new one. Each text needs 330 bytes. */
export interface SimilarTexts {
  /** Returns the earlier visits with a band in common, oldest first, and adds this one. */
  add(visit: VisitFacts, sketch: TextSketch): VisitFacts[]
}

/** @param capacity maximum number of texts */
export function createSimilarTexts(capacity: number): SimilarTexts {
  const visits: VisitFacts[] = []
  const slots = 2 ** Math.max(10, Math.ceil(Math.log2(capacity * 2)))
  const heads: Int32Array[] = []
  const before: Int32Array[] = []
  const keys: Uint32Array[] = []

  return {
    add(visit, sketch) {
      const own = visits.push(visit) - 1
      const candidates = new Set<number>()
      for (const [band, key] of bandsOf(sketch).entries()) {
        heads[band] ??= new Int32Array(slots).fill(NONE)
        before[band] ??= new Int32Array(capacity).fill(NONE)
        keys[band] ??= new Uint32Array(capacity)
        const slot = key & (slots - 1)
        let at = heads[band][slot]!
        for (let steps = 0; at !== NONE && steps < BUCKET_MAX; steps++) {
          // Other bands share the slot by chance.
          if (keys[band][at] === key) candidates.add(at)
          at = before[band][at]!
        }
        keys[band][own] = key
        before[band][own] = heads[band][slot]!
        heads[band][slot] = own
      }
      return [...candidates].sort((one, other) => one - other).map((index) => visits[index]!)
    },
  }
}
