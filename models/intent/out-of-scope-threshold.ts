/**
 * Share of the texts with an intent that may be classified as none, if there are no texts without an intent to fit on.
 */
const KNOWN_LOST = 0.02

export interface OutOfScopeThreshold {
  readonly threshold: number
  /** How it was found, as text for people. */
  readonly from: 'texts of none' | 'a share of the known ones'
}

/**
 * Returns the probability of the best intent below which a text has none. With texts without an intent, it maximises
 * balanced accuracy; otherwise 2 % of the known texts are lost. `best` is the best intent's probability of each text,
 * from a model that was not trained on the text.
 */
export function fitOutOfScopeThreshold(best: ArrayLike<number>, isOutOfScope: readonly boolean[]): OutOfScopeThreshold {
  const known = Array.from(best).filter((_, row) => !isOutOfScope[row])
  const none = Array.from(best).filter((_, row) => isOutOfScope[row])
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
  // Halfway between the last text below and the first one above, so that rounding does not decide on similar texts.
  const below = candidates.findLast((one) => one < found.threshold) ?? found.threshold
  return { threshold: (below + found.threshold) / 2, from: 'texts of none' }
}
