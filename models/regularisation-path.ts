import type { LinearFit, Penalty } from './coordinate-descent.ts'
import type { Dataset } from './model.ts'
import { honestSplit } from './split.ts'
import { allRows, designOf, fitStandardisation, type Design, type Standardisation } from './standardise.ts'

const VALIDATION_SHARE = 0.25
const VALIDATION_ROWS_MIN = 20
const L1_RATIOS = [1, 0.5, 0] as const
const LAMBDAS = 10
/** The smallest λ on a path, as a share of the largest. */
const LAMBDA_REACH = 1e-3

/** A loss with its solver. */
export interface Learner {
  readonly fit: (
    design: Design,
    labels: Float64Array,
    rowWeights: Float64Array,
    penalty: Penalty,
    from?: LinearFit,
    tolerance?: number,
  ) => LinearFit
  /** Where the path begins: every coefficient is zero there. */
  largestLambda(design: Design, labels: Float64Array, rowWeights: Float64Array, l1Ratio: number): number
  /** Mean loss of one row at a margin b + xβ. */
  loss(label: number, margin: number): number
  /** Whether such labels can be learned from. */
  canLearn(labels: Float64Array): boolean
}

export interface LinearParameters {
  readonly standardisation: Standardisation
  readonly intercept: number
  /** One a feature, then one an indicator of a missing value. */
  readonly coefficients: readonly number[]
  /** The penalty that was chosen. */
  readonly penalty: Penalty
  /** Mean loss of the validation rows under it, by a fit that had not seen them; `null`: too few rows to validate. */
  readonly validationLoss: number | null
}

/**
 * Chooses between Lasso, elastic net and Ridge and their strength by the loss on the newest quarter of the rows (a random one
 * where rows have no time), then fits all rows under that penalty. Preprocessing is fitted on the rows of each fit alone. With
 * too few rows for a validation it is Ridge with λ = 1/n.
 */
export function trainOnPath(
  data: Dataset,
  learner: Learner,
  rowWeights: Float64Array,
  seed: number,
  progress: (done: number, of: number) => void = () => {},
): LinearParameters {
  const steps = L1_RATIOS.length * LAMBDAS + 1
  const split = honestSplit(data, VALIDATION_SHARE, seed)
  const labelsOf = (rows: Int32Array) => Float64Array.from(rows, (row) => data.labels[row]!)
  let penalty: Penalty = { lambda: 1 / data.count, l1Ratio: 0 }
  let validationLoss: number | null = null
  if (split.test.length >= VALIDATION_ROWS_MIN && learner.canLearn(labelsOf(split.train))) {
    const standardisation = fitStandardisation(data, split.train)
    const train = designOf(standardisation, data, split.train)
    const test = designOf(standardisation, data, split.test)
    const trainLabels = labelsOf(split.train)
    const testLabels = labelsOf(split.test)
    const trainWeights = Float64Array.from(split.train, (row) => rowWeights[row]!)
    const testWeights = Float64Array.from(split.test, (row) => rowWeights[row]!)
    L1_RATIOS.forEach((l1Ratio, path) => {
      const largest = learner.largestLambda(train, trainLabels, trainWeights, l1Ratio)
      let fit: LinearFit | undefined
      for (let k = 0; k < LAMBDAS; k++) {
        const candidate: Penalty = { lambda: largest * LAMBDA_REACH ** (k / (LAMBDAS - 1)), l1Ratio }
        fit = learner.fit(train, trainLabels, trainWeights, candidate, fit, 1e-6)
        const loss = meanLoss(learner, test, testLabels, testWeights, fit)
        // The stronger penalty comes first and stays unless a weaker one is better.
        if (validationLoss === null || loss < validationLoss) {
          validationLoss = loss
          penalty = candidate
        }
        progress(path * LAMBDAS + k + 1, steps)
      }
    })
  }
  const all = allRows(data.count)
  const standardisation = fitStandardisation(data, all)
  const fit = learner.fit(designOf(standardisation, data, all), data.labels, rowWeights, penalty)
  progress(steps, steps)
  return { standardisation, intercept: fit.intercept, coefficients: [...fit.coefficients], penalty, validationLoss }
}

function meanLoss(
  learner: Learner,
  { count, width, columns }: Design,
  labels: Float64Array,
  weights: Float64Array,
  fit: LinearFit,
): number {
  const margins = new Float64Array(count).fill(fit.intercept)
  for (let j = 0; j < width; j++) {
    const coefficient = fit.coefficients[j]!
    if (coefficient !== 0) for (let i = 0; i < count; i++) margins[i]! += coefficient * columns[j * count + i]!
  }
  let loss = 0
  let total = 0
  for (let i = 0; i < count; i++) {
    loss += weights[i]! * learner.loss(labels[i]!, margins[i]!)
    total += weights[i]!
  }
  return loss / total
}
