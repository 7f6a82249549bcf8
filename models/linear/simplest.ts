/** Choices by losses: a list of candidates from the simplest on, each with its loss in every part of the rows. */

/**
 * The best of the first group of candidates whose best is not worse than the best of all by more than a standard error
 * of the differences, part by part. `groups`: of each candidate; they ascend.
 */
export function simplestOf(losses: readonly Float64Array[], groups: readonly number[]): number {
  const best = bestOf(losses)
  for (const group of new Set(groups)) {
    const own = [...groups.keys()].filter((one) => groups[one] === group)
    const chosen = own[bestOf(own.map((one) => losses[one]!))]!
    const differences = losses[chosen]!.map((loss, part) => loss - losses[best]![part]!)
    const mean = meanOf(differences)
    if (mean <= standardError(differences, mean)) return chosen
  }
  return best
}

/** Of equal ones the simplest, which comes first. */
export function bestOf(losses: readonly Float64Array[]): number {
  const means = losses.map(meanOf)
  return means.indexOf(Math.min(...means))
}

export function meanOf(parts: Float64Array): number {
  return parts.reduce((sum, one) => sum + one, 0) / parts.length
}

/** Of a mean of parts. */
export function standardError(parts: Float64Array, mean: number): number {
  if (parts.length < 2) return 0
  const squares = parts.reduce((sum, part) => sum + (part - mean) ** 2, 0)
  return Math.sqrt(squares / (parts.length - 1) / parts.length)
}
