/** Advice after an epoch, from its validation loss. */
export interface StoppingAdvice {
  /** This is the best loss so far. */
  readonly isBest: boolean
  /** Half of the patience is used up: a lower learning rate may still improve the loss. */
  readonly shouldReduceRate: boolean
  readonly shouldStop: boolean
}

/**
 * Returns a function that takes each epoch's validation loss. `patience` is the number of epochs without improvement
 * after which training stops.
 */
export function createEarlyStopping(patience: number): (validationLoss: number) => StoppingAdvice {
  const half = Math.ceil(patience / 2)
  let best = Infinity
  let waited = 0
  return (validationLoss) => {
    const isBest = validationLoss < best
    if (isBest) best = validationLoss
    waited = isBest ? 0 : waited + 1
    return { isBest, shouldReduceRate: waited === half && waited < patience, shouldStop: waited >= patience }
  }
}
