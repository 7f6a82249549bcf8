/** Mean and variance of each unit's pre-activation, over a batch or as a running average over batches. */
export interface Moments {
  readonly mean: Float32Array
  readonly variance: Float32Array
}

/** Added to a variance before its square root is taken. */
export const VARIANCE_FLOOR = 1e-3

const KEPT = 0.95

/** Returns the initial moments of each hidden layer: mean 0 and variance 1. */
export function initialMoments(units: readonly number[]): Moments[] {
  return units.map((count) => ({ mean: new Float32Array(count), variance: new Float32Array(count).fill(1) }))
}

/**
 * Updates the running moments in place with those of a batch. The first batches have equal weight, so that the initial
 * values are soon forgotten. `batches` is the number of batches before this one.
 */
export function updateMoments(running: readonly Moments[], batch: readonly Moments[], batches: number): void {
  const kept = Math.min(KEPT, batches / (batches + 1))
  running.forEach(({ mean, variance }, k) => {
    const latest = batch[k]!
    for (let unit = 0; unit < mean.length; unit++) {
      mean[unit] = kept * mean[unit]! + (1 - kept) * latest.mean[unit]!
      variance[unit] = kept * variance[unit]! + (1 - kept) * latest.variance[unit]!
    }
  })
}
