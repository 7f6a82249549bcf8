/** Choices by losses: a list of candidates from the simplest on, each with its loss in every part of the rows. */

/** Whether the simplest is not worse than the best by more than a standard error of the differences, part by part. */
export function isSimplestEnough(losses: readonly Float64Array[]): boolean {
  const best = bestOf(losses)
  const differences = losses[0]!.map((loss, part) => loss - losses[best]![part]!)
  const mean = meanOf(differences)
  return mean <= standardError(differences, mean)
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
