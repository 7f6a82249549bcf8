import { bandsOf, type TextSketch } from '../../features/visits/texts/text-sketch.ts'
import type { VisitFacts } from '../../features/visits/visit-facts.ts'

/** How many of the newest texts in a bucket are compared: a fuller bucket holds a text that everybody writes. */
const BUCKET_MAX = 64
const NONE = -1

/** Earlier texts that may be much like a new one, in memory that grows by 200 bytes a text. */
export interface SimilarTexts {
  /** Those with a band in common, oldest first. Adds the text. */
  add(visit: VisitFacts, sketch: TextSketch): VisitFacts[]
}

/** @param capacity how many texts will be added at most */
export function createSimilarTexts(capacity: number): SimilarTexts {
  const visits: VisitFacts[] = []
  const slots = 2 ** Math.max(10, Math.ceil(Math.log2(capacity * 2)))
  const heads: Int32Array[] = []
  const before: Int32Array[] = []

  return {
    add(visit, sketch) {
      const own = visits.push(visit) - 1
      const candidates = new Set<number>()
      for (const [band, key] of bandsOf(sketch).entries()) {
        heads[band] ??= new Int32Array(slots).fill(NONE)
        before[band] ??= new Int32Array(capacity).fill(NONE)
        const slot = key & (slots - 1)
        let at = heads[band][slot]!
        for (let steps = 0; at !== NONE && steps < BUCKET_MAX; steps++) {
          candidates.add(at)
          at = before[band][at]!
        }
        before[band][own] = heads[band][slot]!
        heads[band][slot] = own
      }
      return [...candidates].sort((one, other) => one - other).map((index) => visits[index]!)
    },
  }
}
