import { checkDataset, checkWidth } from '../check-dataset.ts'
import type { Algorithm } from '../model.ts'
import { sigmoid } from '../linear/penalised-logistic.ts'
import { boost } from './boost.ts'
import { chooseRounds, weightsOf, type HeldOutCurve } from './choose-rounds.ts'
import { compileForest } from './compile-forest.ts'
import { restoreForest, storeForest, type StoredForest } from './forest.ts'
import { logLossOfMargins, squaredLoss, type Loss } from './loss.ts'
import { roundsProgress } from './rounds-progress.ts'
import { treeShap } from './tree-shap.ts'
import { boostingOptions, type BoostingOptions } from './options.ts'

/** Stored parameters of a boosted model. */
export interface BoostedParameters {
  readonly width: number
  readonly forest: StoredForest
  /** Gain of each feature's splits as a share of the total gain. */
  readonly importance: readonly number[]
  readonly options: BoostingOptions
  /** Mean loss by round on the held-out rows that chose the number of trees; empty if there were none. */
  readonly validationLosses: readonly number[]
}

function createBoosting(
  name: string,
  kind: 'classification' | 'regression',
): Algorithm<BoostedParameters, BoostingOptions> {
  const loss = kind === 'classification' ? logLossOfMargins : squaredLoss
  return {
    name,
    kind,
    readsText: false,
    train(data, seed, progress = () => {}, overrides = {}) {
      checkDataset(data, kind)
      const checked = boostingOptions(overrides, data.featureNames)
      const options: BoostingOptions = kind === 'regression' ? { ...checked, classWeights: 'none' } : checked
      const step = roundsProgress(options.trees, options.earlyStoppingRounds > 0, progress)
      const { trees, losses } = chooseRounds(data, options, seed, curveOf(loss, options, seed), step.foldRound)
      const { forest, importance } = boost(
        { train: data, validation: undefined, weights: weightsOf(data, options) },
        loss,
        { ...options, trees, earlyStoppingRounds: 0 },
        seed,
        ({ trees: grown }) => step.finalRound(grown, trees),
      )
      step.end()
      return { width: data.width, forest: storeForest(forest), importance, options, validationLosses: losses }
    },
    importance: ({ importance }) => importance,
    explainer: ({ forest, width }) => {
      const shap = treeShap(restoreForest(forest, width))
      return (row, into) => {
        into.fill(0)
        return shap(row, into)
      }
    },
    scorer({ forest, width }) {
      const margins = compileForest(restoreForest(forest, width), width)
      return (batch, into) => {
        checkWidth(batch, width)
        margins(batch.rows, batch.count, width, into)
        if (kind === 'classification') for (let row = 0; row < batch.count; row++) into[row] = sigmoid(into[row]!)
      }
    },
  }
}

function curveOf(loss: Loss, options: BoostingOptions, seed: number): HeldOutCurve {
  return (train, validation, onRound) => {
    const { rounds } = boost(
      { train, validation, weights: weightsOf(train, options), validationWeights: weightsOf(validation, options) },
      loss,
      options,
      seed,
      ({ trees, validationLoss }) => onRound(trees, validationLoss!),
    )
    return rounds.map(({ validationLoss }) => validationLoss!)
  }
}

/** Probability of class 1 by gradient boosting on log loss (spec C5). */
export const gbm = createBoosting('gbm', 'classification')

/** A rate by gradient boosting on squared loss. Estimates are not bounded. */
export const gbmRate = createBoosting('gbm-rate', 'regression')
