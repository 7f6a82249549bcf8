/** Model selection among candidates in order of simplicity, each with its loss on every fold. */

/** Returns whether the simplest candidate is within a standard error of the best, by the differences per fold. */
export function isSimplestEnough(losses: readonly Float64Array[]): boolean {
  const best = bestOf(losses)
  const differences = losses[0]!.map((loss, part) => loss - losses[best]![part]!)
  const mean = meanOf(differences)
  return mean <= standardError(differences, mean)
}

/** Returns the index of the candidate with the lowest mean loss; on a tie, of the simplest one. */
export function bestOf(losses: readonly Float64Array[]): number {
  const means = losses.map(meanOf)
  return means.indexOf(Math.min(...means))
}

export function meanOf(parts: Float64Array): number {
  return parts.reduce((sum, one) => sum + one, 0) / parts.length
}

/** Returns the standard error of the mean over folds. */
export function standardError(parts: Float64Array, mean: number): number {
  if (parts.length < 2) return 0
  const squares = parts.reduce((sum, part) => sum + (part - mean) ** 2, 0)
  return Math.sqrt(squares / (parts.length - 1) / parts.length)
}
