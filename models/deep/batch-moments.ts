/** The mean and variance of each unit's sum, over the rows of a batch or of the last batches. */
export interface Moments {
  readonly mean: Float32Array
  readonly variance: Float32Array
}

/** Added to a variance before the root is taken of it. */
export const VARIANCE_FLOOR = 1e-3

const KEPT = 0.95

/** One hidden layer each: mean 0 and variance 1. */
export function firstMoments(units: readonly number[]): Moments[] {
  return units.map((count) => ({ mean: new Float32Array(count), variance: new Float32Array(count).fill(1) }))
}

/**
 * Draws the running moments to those of a batch, in place. The first batches count alike, so that what the moments
 * began with is soon forgotten. `batches`: how many there were before.
 */
export function followMoments(running: readonly Moments[], batch: readonly Moments[], batches: number): void {
  const kept = Math.min(KEPT, batches / (batches + 1))
  running.forEach(({ mean, variance }, k) => {
    const latest = batch[k]!
    for (let unit = 0; unit < mean.length; unit++) {
      mean[unit] = kept * mean[unit]! + (1 - kept) * latest.mean[unit]!
      variance[unit] = kept * variance[unit]! + (1 - kept) * latest.variance[unit]!
    }
  })
}
