import { balancedWeights } from '../linear/balanced-weights.ts'
import type { Dataset } from '../model.ts'
import { chosenRows, isTimed, temporalFolds, temporalHoldout, type Split } from '../split.ts'
import { bestRound, meanCurve } from './mean-curve.ts'
import type { BoostingOptions } from './options.ts'

/** With fewer rows, none are held out for early stopping. */
const ROWS_MIN = 200
/** Number of rows from which a single holdout is enough. */
const HOLDOUT_ROWS = 50_000
const PARTS = 5

/** Number of trees for a model that is trained on all rows. */
export interface ChosenRounds {
  readonly trees: number
  /** Mean loss by round on held-out rows; empty if there were none. */
  readonly losses: readonly number[]
}

/** Trains on `train`, reports each round to `onRound`, and returns the loss by round on `validation`. */
export type HeldOutCurve = (
  train: Dataset,
  validation: Dataset,
  onRound: (trees: number, loss: number) => void,
) => readonly number[]

/**
 * Chooses the number of rounds by the loss on held-out rows: by cross-validation with `temporalFolds`, or with many
 * rows by a single holdout. The best number is scaled up from the training rows of a fold to all rows. Where rows have
 * a time it is not, because later rows resemble the training rows less.
 */
export function chooseRounds(
  data: Dataset,
  options: BoostingOptions,
  seed: number,
  curveOf: HeldOutCurve,
  onRound: (part: number, parts: number, trees: number, loss: number) => void = () => {},
): ChosenRounds {
  const splits = partsOf(data, options, seed)
  if (splits.length === 0) return { trees: options.trees, losses: [] }
  const curves = splits.map((split, part) =>
    curveOf(chosenRows(data, split.train), chosenRows(data, split.test), (trees, loss) =>
      onRound(part, splits.length, trees, loss),
    ),
  )
  const learned = isTimed(data) ? data.count : splits.reduce((sum, { train }) => sum + train.length, 0) / splits.length
  const trees = Math.round((bestRound(curves).rounds * data.count) / learned)
  return { trees: Math.min(Math.max(1, trees), options.trees), losses: meanCurve(curves) }
}

/** Returns balanced row weights if the options ask for them, otherwise `null`. */
export function weightsOf({ labels }: Dataset, { classWeights }: BoostingOptions): Float64Array | null {
  return classWeights === 'balanced' ? balancedWeights(labels) : null
}

function partsOf(data: Dataset, options: BoostingOptions, seed: number): Split[] {
  if (options.earlyStoppingRounds === 0 || data.count < ROWS_MIN) return []
  const splits =
    data.count < HOLDOUT_ROWS
      ? temporalFolds(data, PARTS, seed)
      : [temporalHoldout(data, options.validationShare, seed)]
  return splits.filter(({ train }) => train.some((row) => data.labels[row] !== data.labels[train[0]!]))
}
