/** What follows from an epoch's validation loss. */
export interface StoppingAdvice {
  /** The best so far. */
  readonly better: boolean
  /** Half of the patience is used up: smaller steps may find what larger ones step over. */
  readonly slower: boolean
  readonly stop: boolean
}

/** Takes each epoch's validation loss. `patience`: epochs without improvement before training stops. */
export function createEarlyStopping(patience: number): (validationLoss: number) => StoppingAdvice {
  const half = Math.ceil(patience / 2)
  let best = Infinity
  let waited = 0
  return (validationLoss) => {
    const better = validationLoss < best
    if (better) best = validationLoss
    waited = better ? 0 : waited + 1
    return { better, slower: waited === half && waited < patience, stop: waited >= patience }
  }
}
