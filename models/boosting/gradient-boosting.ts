import { balancedWeights } from '../linear/balanced-weights.ts'
import { checkDataset, checkWidth } from '../check-dataset.ts'
import type { Algorithm, Dataset } from '../model.ts'
import { sigmoid } from '../linear/penalised-logistic.ts'
import { chosenRows, temporalHoldout } from '../split.ts'
import { boost } from './boost.ts'
import { compileForest } from './compile-forest.ts'
import { restoreForest, storeForest, type StoredForest } from './forest.ts'
import { logLossOfMargins, squaredLoss } from './loss.ts'
import { treeShap } from './tree-shap.ts'
import { boostingOptions, type BoostingOptions } from './options.ts'

/** What a boosted model is stored as. */
export interface BoostedParameters {
  readonly width: number
  readonly forest: StoredForest
  /** Of each feature, as a share of all that splits gained. */
  readonly importance: readonly number[]
  readonly options: BoostingOptions
  /** Loss by round on the rows that the training stopped by; empty if there were none. */
  readonly validationLosses: readonly number[]
}

/** Fewer rows than that can't spare some to stop by. */
const STOPPING_ROWS_MIN = 200

function createBoosting(
  name: string,
  kind: 'classification' | 'regression',
): Algorithm<BoostedParameters, BoostingOptions> {
  const loss = kind === 'classification' ? logLossOfMargins : squaredLoss
  return {
    name,
    kind,
    readsText: false,
    train(data, seed, progress = () => {}, given = {}) {
      checkDataset(data, kind)
      const options = boostingOptions(given, data.featureNames)
      const { train, validation } = partsOf(data, options, seed)
      const weights =
        options.classWeights === 'balanced' && kind === 'classification' ? balancedWeights(train.labels) : null
      const { forest, importance, rounds } = boost(
        { train, validation, weights },
        loss,
        options,
        seed,
        ({ trees, validationLoss }) => progress(trees, options.trees, validationLoss ?? undefined),
      )
      progress(options.trees, options.trees)
      return {
        width: data.width,
        forest: storeForest(forest),
        importance,
        options,
        validationLosses: rounds.flatMap(({ validationLoss }) => (validationLoss === null ? [] : [validationLoss])),
      }
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

/** Probability of class 1 by gradient boosting on log loss (spec C5). */
export const gbm = createBoosting('gbm', 'classification')

/** A rate by gradient boosting on squared loss. Estimates are not bounded. */
export const gbmRate = createBoosting('gbm-rate', 'regression')

function partsOf(
  data: Dataset,
  options: BoostingOptions,
  seed: number,
): { readonly train: Dataset; readonly validation: Dataset | undefined } {
  if (options.earlyStoppingRounds === 0 || data.count < STOPPING_ROWS_MIN) return { train: data, validation: undefined }
  const { train, test } = temporalHoldout(data, options.validationShare, seed)
  const part = chosenRows(data, train)
  const oneClass = part.labels.every((label) => label === part.labels[0])
  return oneClass ? { train: data, validation: undefined } : { train: part, validation: chosenRows(data, test) }
}
