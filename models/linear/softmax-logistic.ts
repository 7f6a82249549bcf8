import { checkClasses, computeClassWeights, softmaxRows } from '../check-classes.ts'
import { checkWidth } from '../check-dataset.ts'
import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../model.ts'
import { isTimed, temporalFolds, temporalHoldout } from '../split.ts'
import { bestOf, isSimplestEnough, meanOf } from './simplest.ts'
import { minimise } from './lbfgs.ts'
import { pathOptions, type PathOptions } from './path-options.ts'
import { linearImportance } from './regularisation-path.ts'
import {
  allRows,
  contributions,
  designOf,
  fitStandardisation,
  linearPredictor,
  type Design,
  type Standardisation,
} from './standardise.ts'

export interface SoftmaxParameters {
  readonly standardisation: Standardisation
  /** One per class. */
  readonly intercepts: readonly number[]
  /**
   * Coefficients of each class on the scale of the standardised columns, in the order of
   * `LinearParameters.coefficients`.
   */
  readonly coefficients: readonly (readonly number[])[]
  readonly lambda: number
  /** Mean loss on held-out rows under `lambda`; `null` with too few rows to validate. */
  readonly validationLoss: number | null
}

const VALIDATION_SHARE = 0.25
const VALIDATION_ROWS_MIN = 20
/** Range of λ to try, from almost no learning to almost no penalty. */
const LAMBDA_MAX = 1
const LAMBDA_MIN = 1e-5
const LAMBDA_NONE = 1e3
const FIT = { tolerance: 1e-5, stepsMax: 200 }

/** Multinomial logistic regression (softmax) with an L2 penalty (Ridge). */
export const softmaxLogistic: ScoringAlgorithm<SoftmaxParameters> = {
  name: 'logistic-classes',
  kind: 'classification',
  readsText: false,
  outputs: ({ intercepts }) => intercepts.length,
  importance({ standardisation, coefficients }) {
    const shares = coefficients.map((own) => linearImportance({ standardisation, coefficients: own }))
    const sums = shares[0]!.map((_, feature) => shares.reduce((sum, own) => sum + own[feature]!, 0))
    const total = sums.reduce((sum, one) => sum + one, 0)
    return sums.map((one) => (total > 0 ? one / total : 0))
  },
  explainer:
    ({ standardisation, intercepts, coefficients }, output = 0) =>
    (row, into) => {
      contributions(standardisation, coefficients[output]!, row, into)
      return intercepts[output]!
    },
  scorer({ standardisation, intercepts, coefficients }) {
    const weights = coefficients.map((own) => Float64Array.from(own))
    const classes = intercepts.length
    return (batch, into) => {
      checkWidth(batch, standardisation.centre.length)
      for (let row = 0; row < batch.count; row++)
        for (let k = 0; k < classes; k++)
          into[row * classes + k] =
            intercepts[k]! + linearPredictor(standardisation, weights[k]!, batch.rows, row * batch.width)
      softmaxRows(into, classes, batch.count)
    }
  },
}

/**
 * Chooses λ by the loss on held-out rows and fits all rows with it. Where rows have a time, a fit must be clearly
 * better than the shares of the classes alone. Throws `DatasetError` for unusable data.
 */
export function trainSoftmax(
  data: Dataset,
  seed: number,
  progress: TrainingProgress = () => {},
  overrides: Partial<PathOptions> & { readonly classWeights?: 'none' | 'balanced' } = {},
): SoftmaxParameters {
  const classes = checkClasses(data).length
  const { classWeights = 'none', ...path } = overrides
  const options = pathOptions({ l1Ratios: [0], ...path })
  if (options.l1Ratios.some((ratio) => ratio !== 0))
    throw new Error('Several classes are learned with Ridge alone: l1Ratios must be [0].')
  const { lambda, loss } =
    options.lambda === undefined
      ? chooseLambda(data, classes, classWeights, seed, options, progress)
      : { lambda: options.lambda, loss: null }
  const all = allRows(data.count)
  const standardisation = fitStandardisation(data, all, options.outliers)
  const weights = fitSoftmax(designOf(standardisation, data, all), data.labels, classes, classWeights, lambda)
  const width = weights.length / classes - 1
  progress(1, 1)
  return {
    standardisation,
    intercepts: [...weights.subarray(width * classes)],
    coefficients: Array.from({ length: classes }, (_, k) => [...weights.subarray(k * width, (k + 1) * width)]),
    lambda,
    validationLoss: loss,
  }
}

function chooseLambda(
  data: Dataset,
  classes: number,
  classWeights: 'none' | 'balanced',
  seed: number,
  { folds: parts, lambdas, outliers }: PathOptions,
  progress: TrainingProgress,
): { readonly lambda: number; readonly loss: number | null } {
  const path = Array.from(
    { length: lambdas },
    (_, k) => LAMBDA_MAX * (LAMBDA_MIN / LAMBDA_MAX) ** (k / Math.max(1, lambdas - 1)),
  )
  const pick = (rows: Int32Array) => Float64Array.from(rows, (row) => data.labels[row]!)
  // Strong enough that only the shares of the classes are left: the baseline to beat where relations may change with
  // time.
  if (isTimed(data)) path.unshift(LAMBDA_NONE)
  const splits = (
    parts > 1 ? temporalFolds(data, parts, seed) : [temporalHoldout(data, VALIDATION_SHARE, seed)]
  ).filter(({ train, test }) => test.length >= VALIDATION_ROWS_MIN / parts && new Set(pick(train)).size > 1)
  if (splits.length === 0) return { lambda: 1 / data.count, loss: null }
  const losses = path.map(() => new Float64Array(splits.length))
  splits.forEach(({ train, test }, part) => {
    const standardisation = fitStandardisation(data, train, outliers)
    const [own, testDesign] = [designOf(standardisation, data, train), designOf(standardisation, data, test)]
    let weights: Float64Array | undefined
    path.forEach((lambda, k) => {
      weights = fitSoftmax(own, pick(train), classes, classWeights, lambda, weights)
      losses[k]![part] = lossOf(testDesign, pick(test), classes, weights)
      progress(part * path.length + k + 1, splits.length * path.length + 1)
    })
  })
  const chosen = isTimed(data) && isSimplestEnough(losses) ? 0 : bestOf(losses)
  return { lambda: path[chosen]!, loss: meanOf(losses[chosen]!) }
}

/** Returns the coefficients class by class, then the intercepts. `from` is a warm start from another penalty. */
function fitSoftmax(
  design: Design,
  labels: Float64Array,
  classes: number,
  classWeights: 'none' | 'balanced',
  lambda: number,
  from?: Float64Array,
): Float64Array {
  const { count, width, columns } = design
  const weightByClass = computeClassWeights(labels, classes, classWeights)
  const total = labels.reduce((sum, label) => sum + weightByClass[label]!, 0)
  const start = from ?? new Float64Array((width + 1) * classes)
  return minimise(
    (x, gradient) => {
      const probabilities = probabilitiesOf(design, classes, x)
      let loss = 0
      const errors = Array.from({ length: classes }, () => new Float64Array(count))
      for (let row = 0; row < count; row++) {
        const label = labels[row]!
        const weight = weightByClass[label]! / total
        loss -= weight * Math.log(Math.max(probabilities[row * classes + label]!, 1e-300))
        for (let k = 0; k < classes; k++)
          errors[k]![row] = weight * (probabilities[row * classes + k]! - (k === label ? 1 : 0))
      }
      for (let k = 0; k < classes; k++) {
        const own = errors[k]!
        for (let j = 0; j < width; j++) {
          let sum = 0
          for (let row = 0; row < count; row++) sum += own[row]! * columns[j * count + row]!
          const at = k * width + j
          gradient[at] = sum + lambda * x[at]!
          loss += (lambda / 2) * x[at]! * x[at]!
        }
        gradient[width * classes + k] = own.reduce((sum, one) => sum + one, 0)
      }
      return loss
    },
    start,
    FIT,
  )
}

function probabilitiesOf({ count, width, columns }: Design, classes: number, x: Float64Array): Float64Array {
  const margins = new Float64Array(count * classes)
  for (let k = 0; k < classes; k++) {
    for (let row = 0; row < count; row++) margins[row * classes + k] = x[width * classes + k]!
    for (let j = 0; j < width; j++) {
      const weight = x[k * width + j]!
      if (weight !== 0)
        for (let row = 0; row < count; row++) margins[row * classes + k]! += weight * columns[j * count + row]!
    }
  }
  softmaxRows(margins, classes, count)
  return margins
}

function lossOf(design: Design, labels: Float64Array, classes: number, x: Float64Array): number {
  const probabilities = probabilitiesOf(design, classes, x)
  return (
    labels.reduce((sum, label, row) => sum - Math.log(Math.max(probabilities[row * classes + label]!, 1e-15)), 0) /
    labels.length
  )
}
