import { largestLambda, type LinearFit, type Penalty } from './coordinate-descent.ts'
import { pathOptions, type PathOptions } from './path-options.ts'
import type { Dataset, Explainer, TrainingProgress } from '../model.ts'
import { isTimed, temporalFolds, temporalHoldout } from '../split.ts'
import {
  allRows,
  contributions,
  designOf,
  featuresOfColumns,
  fitStandardisation,
  type Design,
  type Standardisation,
} from './standardise.ts'

const VALIDATION_SHARE = 0.25
const VALIDATION_ROWS_MIN = 20
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
  /** Mean loss of one row at a margin b + xβ. */
  loss(label: number, margin: number): number
  /** Whether such labels can be learned from. */
  canLearn(labels: Float64Array): boolean
}

export interface LinearParameters {
  readonly standardisation: Standardisation
  readonly intercept: number
  /**
   * One a feature, then one an indicator of a missing value, then one a category: on the scale of the standardised
   * columns.
   */
  readonly coefficients: readonly number[]
  /** The penalty that was chosen. */
  readonly penalty: Penalty
  /** Mean loss of the validation rows under it, by a fit that had not seen them; `null`: too few rows to validate. */
  readonly validationLoss: number | null
}

/**
 * Chooses between Lasso, elastic net and Ridge and their strength by the loss on rows that the fit had not seen, then
 * fits all rows under that penalty. Where rows have a time, each part is tested by older rows, and if no penalty is
 * better than the mean by a standard error over the parts, only the intercept is learned: what held once and does not
 * hold later is worse than nothing. Preprocessing is fitted on the rows of each fit alone. With too few rows for a
 * validation it is Ridge with λ = 1/n.
 */
export function trainOnPath(
  data: Dataset,
  learner: Learner,
  rowWeights: Float64Array,
  seed: number,
  progress: TrainingProgress = () => {},
  given: Partial<PathOptions> = {},
): LinearParameters {
  const options = pathOptions(given)
  const all = allRows(data.count)
  const standardisation = fitStandardisation(data, all, options.outliers)
  const design = designOf(standardisation, data, all)
  const { penalty, validationLoss, steps } =
    options.lambda === undefined
      ? choosePenalty(data, learner, rowWeights, seed, progress, options, (l1Ratio) =>
          pathBeginning(design, data.labels, rowWeights, l1Ratio),
        )
      : { penalty: { lambda: options.lambda, l1Ratio: options.l1Ratios[0] ?? 1 }, validationLoss: null, steps: 1 }
  const fit = learner.fit(design, data.labels, rowWeights, penalty)
  progress(steps, steps)
  return { standardisation, intercept: fit.intercept, coefficients: [...fit.coefficients], penalty, validationLoss }
}

/** The weakest λ at which every coefficient is zero: both losses pull by label minus mean there. */
function pathBeginning(design: Design, labels: Float64Array, weights: Float64Array, l1Ratio: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = labels.reduce((sum, label, i) => sum + weights[i]! * label, 0) / total
  const pulls = labels.map((label, i) => (weights[i]! * (label - mean)) / total)
  return largestLambda(design, pulls, l1Ratio)
}

interface ChosenPenalty {
  readonly penalty: Penalty
  readonly validationLoss: number | null
  /** Of progress, with the fit of all rows. */
  readonly steps: number
}

function choosePenalty(
  data: Dataset,
  learner: Learner,
  rowWeights: Float64Array,
  seed: number,
  progress: TrainingProgress,
  options: PathOptions,
  largestOf: (l1Ratio: number) => number,
): ChosenPenalty {
  const pick = (from: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => from[row]!)
  const splits = (
    options.folds > 1 ? temporalFolds(data, options.folds, seed) : [temporalHoldout(data, VALIDATION_SHARE, seed)]
  ).filter(
    ({ train, test }) =>
      test.length >= VALIDATION_ROWS_MIN / options.folds && learner.canLearn(pick(data.labels, train)),
  )
  if (splits.length === 0) return { penalty: { lambda: 1 / data.count, l1Ratio: 0 }, validationLoss: null, steps: 1 }
  // So strong that only the intercept is left: what the rest must be better than, where relations may change with time.
  const none: Penalty[] = isTimed(data) ? [{ lambda: 2 * largestOf(1), l1Ratio: 1 }] : []
  const path: Penalty[] = options.l1Ratios.flatMap((l1Ratio) => {
    const largest = largestOf(l1Ratio)
    return Array.from({ length: options.lambdas }, (_, k) => ({
      lambda: largest * LAMBDA_REACH ** (k / Math.max(1, options.lambdas - 1)),
      l1Ratio,
    }))
  })
  path.unshift(...none)
  const steps = splits.length * path.length + 1
  const losses = path.map(() => new Float64Array(splits.length))
  splits.forEach(({ train, test }, part) => {
    const standardisation = fitStandardisation(data, train, options.outliers)
    const [trainDesign, testDesign] = [designOf(standardisation, data, train), designOf(standardisation, data, test)]
    let fit: LinearFit | undefined
    path.forEach((penalty, k) => {
      // Each path starts with all coefficients at zero.
      const from = k > 0 && path[k - 1]!.l1Ratio === penalty.l1Ratio ? fit : undefined
      fit = learner.fit(trainDesign, pick(data.labels, train), pick(rowWeights, train), penalty, from, 1e-6)
      losses[k]![part] = meanLoss(learner, testDesign, pick(data.labels, test), pick(rowWeights, test), fit)
      progress(part * path.length + k + 1, steps)
    })
  })
  const means = losses.map((parts) => parts.reduce((sum, loss) => sum + loss, 0) / parts.length)
  // Of equal ones the strongest penalty, which comes first.
  const best = means.indexOf(Math.min(...means))
  if (none.length > 0 && !isBetter(losses[best]!, losses[0]!))
    return { penalty: path[0]!, validationLoss: means[0]!, steps }
  const spared = options.simplest ? standardError(losses[best]!, means[best]!) : 0
  const chosen = path.findIndex(
    ({ l1Ratio }, k) => l1Ratio === path[best]!.l1Ratio && means[k]! <= means[best]! + spared,
  )
  return { penalty: path[chosen]!, validationLoss: means[chosen]!, steps }
}

/** By more than a standard error of the differences, part by part. */
function isBetter(losses: Float64Array, others: Float64Array): boolean {
  const differences = losses.map((loss, part) => loss - others[part]!)
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length
  return mean + standardError(differences, mean) < 0
}

/** Of a mean of parts. */
function standardError(parts: Float64Array, mean: number): number {
  if (parts.length < 2) return 0
  const squares = parts.reduce((sum, part) => sum + (part - mean) ** 2, 0)
  return Math.sqrt(squares / (parts.length - 1) / parts.length)
}

/** Contributions against the mean training row. */
export function explainLinear({ standardisation, intercept, coefficients }: LinearParameters): Explainer {
  return (row, into) => {
    contributions(standardisation, coefficients, row, into)
    return intercept
  }
}

/** The coefficients of a feature's columns, on the scale on which all columns deviate alike. */
export function linearImportance({
  standardisation,
  coefficients,
}: Pick<LinearParameters, 'standardisation' | 'coefficients'>): number[] {
  const shares = new Array<number>(standardisation.centre.length).fill(0)
  featuresOfColumns(standardisation).forEach((feature, column) => (shares[feature]! += Math.abs(coefficients[column]!)))
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => (total > 0 ? share / total : 0))
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
