/** Share of the known texts that may be taken for none of the intents where no text of none is at hand to fit on. */
const KNOWN_LOST = 0.02

export interface NoneThreshold {
  readonly threshold: number
  /** How it was found, for people. */
  readonly from: 'texts of none' | 'a share of the known ones'
}

/**
 * Below which probability of the best intent a text is none of them. With texts of none: where the mean of both
 * kinds' shares that are classified correctly is largest; otherwise where a fiftieth of the known texts is lost.
 * `best`: the best intent's probability of each text, by a model that has not learned from it.
 */
export function noneThreshold(best: ArrayLike<number>, isNone: readonly boolean[]): NoneThreshold {
  const known = Array.from(best).filter((_, row) => !isNone[row])
  const none = Array.from(best).filter((_, row) => isNone[row])
  known.sort((one, other) => one - other)
  if (none.length === 0) {
    const lost = known[Math.floor(KNOWN_LOST * known.length)] ?? 0
    return { threshold: lost, from: 'a share of the known ones' }
  }
  none.sort((one, other) => one - other)
  const candidates = [0, ...new Set([...known, ...none])].sort((one, other) => one - other)
  let found = { threshold: 0, share: Number.NEGATIVE_INFINITY }
  let [lost, caught] = [0, 0]
  for (const threshold of candidates) {
    while (lost < known.length && known[lost]! < threshold) lost++
    while (caught < none.length && none[caught]! < threshold) caught++
    const share = (known.length === 0 ? 0 : 1 - lost / known.length) + caught / none.length
    if (share > found.share) found = { threshold, share }
  }
  // In the middle between the last text below and the first one that is not: new texts are not told by rounding.
  const below = candidates.findLast((one) => one < found.threshold) ?? found.threshold
  return { threshold: (below + found.threshold) / 2, from: 'texts of none' }
}
