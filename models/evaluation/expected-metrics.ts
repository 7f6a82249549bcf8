/**
 * Metrics to be expected of probabilities whose labels are not known yet, if the probabilities are calibrated
 * (confidence-based estimation: Guillory et al. 2021). They can't see that the relation to the labels has changed.
 */

/** Returns the mean of −p·ln p − (1 − p)·ln(1 − p); NaN without probabilities. */
export function expectedLogLoss(probabilities: Float64Array): number {
  const part = (p: number) => (p <= 0 ? 0 : -p * Math.log(p))
  return probabilities.reduce((sum, p) => sum + part(p) + part(1 - p), 0) / probabilities.length
}

/**
 * Returns the expected number of pairs of a positive and a negative that are in the right order, divided by the expected
 * number of pairs; ties count half. NaN if no pair is to be expected.
 */
export function expectedAuc(probabilities: Float64Array): number {
  const sorted = probabilities.toSorted()
  let [positives, negativesBelow, inOrder, ownPairs] = [0, 0, 0, 0]
  for (let from = 0; from < sorted.length;) {
    let to = from
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    const [p, ties] = [sorted[from]!, to - from]
    // A row is no pair with itself.
    inOrder += ties * p * (negativesBelow + ((ties - 1) * (1 - p)) / 2)
    ownPairs += ties * p * (1 - p)
    positives += ties * p
    negativesBelow += ties * (1 - p)
    from = to
  }
  const pairs = positives * negativesBelow - ownPairs
  return pairs <= 0 ? Number.NaN : inOrder / pairs
}
