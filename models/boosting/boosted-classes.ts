import { checkClasses, computeClassWeights, softmaxRows } from '../check-classes.ts'
import { checkWidth } from '../check-dataset.ts'
import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../model.ts'
import { boostClasses } from './boost-classes.ts'
import { chooseRounds, type HeldOutCurve } from './choose-rounds.ts'
import { compileForest } from './compile-forest.ts'
import { restoreForest, storeForest, type StoredForest } from './forest.ts'
import { boostingOptions, type BoostingOptions } from './options.ts'
import { roundsProgress } from './rounds-progress.ts'
import { treeShap } from './tree-shap.ts'

export interface BoostedClassesParameters {
  readonly width: number
  /** One forest per class, which computes its margin. */
  readonly forests: readonly StoredForest[]
  readonly importance: readonly number[]
  readonly options: BoostingOptions
  /** Mean loss by round on held-out rows; empty if there were none. */
  readonly validationLosses: readonly number[]
}

/** Probabilities of several classes by gradient boosting on the softmax loss. */
export const gbmClasses: ScoringAlgorithm<BoostedClassesParameters> = {
  name: 'gbm-classes',
  kind: 'classification',
  readsText: false,
  outputs: ({ forests }) => forests.length,
  importance: ({ importance }) => importance,
  explainer({ width, forests }, output = 0) {
    const shap = treeShap(restoreForest(forests[output]!, width))
    return (row, into) => {
      into.fill(0)
      return shap(row, into)
    }
  },
  scorer({ width, forests }) {
    const classes = forests.length
    const compiled = forests.map((forest) => compileForest(restoreForest(forest, width), width))
    let margins = new Float64Array(0)
    return (batch, into) => {
      checkWidth(batch, width)
      const { count, rows } = batch
      if (margins.length < count) margins = new Float64Array(count)
      compiled.forEach((forest, k) => {
        forest(rows, count, width, margins)
        for (let row = 0; row < count; row++) into[row * classes + k] = margins[row]!
      })
      softmaxRows(into, classes, count)
    }
  },
}

/**
 * Trains on all rows, with the number of rounds chosen on held-out ones. Throws `DatasetError` for unusable data, and
 * `Error` for invalid options.
 */
export function trainBoostedClasses(
  data: Dataset,
  seed: number,
  progress: TrainingProgress = () => {},
  overrides: Partial<BoostingOptions> = {},
): BoostedClassesParameters {
  const classes = checkClasses(data).length
  const options = boostingOptions(overrides, data.featureNames)
  if (Object.keys(options.monotone).length > 0)
    throw new Error('monotone is for two classes and for rates: of several classes one rises where others fall.')
  const weightByClassOf = ({ labels }: Dataset) => computeClassWeights(labels, classes, options.classWeights)
  const step = roundsProgress(options.trees, options.earlyStoppingRounds > 0, progress)
  const curveOf: HeldOutCurve = (train, validation, onRound) =>
    boostClasses(
      { train, validation, classes, weightByClass: weightByClassOf(train) },
      options,
      seed,
      ({ trees, validationLoss }) => onRound(trees, validationLoss!),
    ).rounds.map(({ validationLoss }) => validationLoss!)
  const { trees, losses } = chooseRounds(data, options, seed, curveOf, step.foldRound)
  const { forests, importance } = boostClasses(
    { train: data, validation: undefined, classes, weightByClass: weightByClassOf(data) },
    { ...options, trees, earlyStoppingRounds: 0 },
    seed,
    (round) => step.finalRound(round.trees, trees),
  )
  step.end()
  return { width: data.width, forests: forests.map(storeForest), importance, options, validationLosses: losses }
}
