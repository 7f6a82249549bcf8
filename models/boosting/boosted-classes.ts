import { checkClasses, classWeighing, softmaxRows } from '../check-classes.ts'
import { checkWidth } from '../check-dataset.ts'
import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../model.ts'
import { chosenRows, temporalHoldout } from '../split.ts'
import { boostClasses } from './boost-classes.ts'
import { compileForest } from './compile-forest.ts'
import { restoreForest, storeForest, type StoredForest } from './forest.ts'
import { boostingOptions, type BoostingOptions } from './options.ts'
import { treeShap } from './tree-shap.ts'

export interface BoostedClassesParameters {
  readonly width: number
  /** One a class: the trees of its margin. */
  readonly forests: readonly StoredForest[]
  readonly importance: readonly number[]
  readonly options: BoostingOptions
  /** Loss by round on the rows that the training stopped by; empty if there were none. */
  readonly validationLosses: readonly number[]
}

/** Fewer rows than that can't spare some to stop by. */
const STOPPING_ROWS_MIN = 200

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

/** Throws `DatasetError` for data that nothing can be learned from, and for options that are out of bounds. */
export function trainBoostedClasses(
  data: Dataset,
  seed: number,
  progress: TrainingProgress = () => {},
  given: Partial<BoostingOptions> = {},
): BoostedClassesParameters {
  const classes = checkClasses(data).length
  const options = boostingOptions(given, data.featureNames)
  if (Object.keys(options.monotone).length > 0)
    throw new Error('monotone is for two classes and for rates: of several classes one rises where others fall.')
  const parts = partsOf(data, options, seed)
  const { forests, importance, rounds } = boostClasses(
    { ...parts, classes, weighing: classWeighing(parts.train.labels, classes, options.classWeights) },
    options,
    seed,
    ({ trees, validationLoss }) => progress(trees, options.trees, validationLoss ?? undefined),
  )
  progress(options.trees, options.trees)
  return {
    width: data.width,
    forests: forests.map(storeForest),
    importance,
    options,
    validationLosses: rounds.flatMap(({ validationLoss }) => (validationLoss === null ? [] : [validationLoss])),
  }
}

function partsOf(
  data: Dataset,
  { earlyStoppingRounds, validationShare }: BoostingOptions,
  seed: number,
): { readonly train: Dataset; readonly validation: Dataset | undefined } {
  if (earlyStoppingRounds === 0 || data.count < STOPPING_ROWS_MIN) return { train: data, validation: undefined }
  const { train, test } = temporalHoldout(data, validationShare, seed)
  const part = chosenRows(data, train)
  const oneClass = part.labels.every((label) => label === part.labels[0])
  return oneClass ? { train: data, validation: undefined } : { train: part, validation: chosenRows(data, test) }
}
