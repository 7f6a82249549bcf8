import { boost } from '../boosting/boost.ts'
import { logLossOfMargins, squaredLoss } from '../boosting/loss.ts'
import { defaultBoosting } from '../boosting/options.ts'
import type { Dataset } from '../model.ts'
import { chosenRows, temporalHoldout } from '../split.ts'
import { chosenFeatures } from './chosen-features.ts'
import type { Selector } from './selector.ts'

/** Share of the remaining features that is dropped per round, at least one feature. */
const DROP_SHARE = 0.2
const VALIDATION_SHARE = 0.25
/** Tolerated loss increase of a smaller feature set over the best, relative to the best loss. */
const LOSS_TOLERANCE = 0.002
/** A small model, good enough to rank features. */
const small = {
  ...defaultBoosting,
  trees: 150,
  learningRate: 0.1,
  leavesMax: 15,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 10,
}

/**
 * Recursive feature elimination (Guyon et al. 2002): trains, drops the features with the lowest gain, and repeats down
 * to a single one. Keeps the smallest set whose loss on held-out rows is close to the best.
 */
export const selectByElimination: Selector = (data, kind, seed) => {
  const { train, test } = temporalHoldout(data, VALIDATION_SHARE, seed)
  const [older, newer] = [chosenRows(data, train), chosenRows(data, test)]
  const loss = kind === 'classification' ? logLossOfMargins : squaredLoss
  let left = Int32Array.from({ length: data.width }, (_, feature) => feature)
  const tried: { readonly features: Int32Array; readonly loss: number }[] = []
  const importances = new Float64Array(data.width)
  for (;;) {
    const part = (rows: Dataset) => chosenFeatures(rows, left)
    const { importance, rounds } = boost(
      { train: part(older), validation: part(newer), weights: null },
      loss,
      small,
      seed,
    )
    tried.push({ features: left, loss: Math.min(...rounds.map(({ validationLoss }) => validationLoss!)) })
    left.forEach((feature, index) => (importances[feature] = importance[index]!))
    if (left.length === 1) break
    const out = Math.max(1, Math.floor(DROP_SHARE * left.length))
    const ordered = left.toSorted((a, b) => importances[b]! - importances[a]! || a - b)
    left = ordered.slice(0, left.length - out).sort()
  }
  const least = Math.min(...tried.map((one) => one.loss))
  const kept = tried.findLast((one) => one.loss <= least * (1 + LOSS_TOLERANCE))!
  const stays = new Set(kept.features)
  return Array.from({ length: data.width }, (_, feature) =>
    stays.has(feature)
      ? null
      : `it gained ${(100 * importances[feature]!).toPrecision(2)} % of what the last trees with it gained; without it the loss is ${kept.loss.toFixed(5)}, with all ${tried[0]!.loss.toFixed(5)}`,
  )
}
