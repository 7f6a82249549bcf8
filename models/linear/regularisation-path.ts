import { choosePenalty, type Learner } from './choose-penalty.ts'
import { largestLambda, type Penalty } from './coordinate-descent.ts'
import { pathOptions, type PathOptions } from './path-options.ts'
import type { Dataset, Explainer, TrainingProgress } from '../model.ts'
import { isTimed } from '../split.ts'
import { onlyColumns, stableColumns } from './stable-columns.ts'
import {
  allRows,
  contributions,
  designOf,
  featuresOfColumns,
  fitStandardisation,
  type Design,
  type Standardisation,
} from './standardise.ts'

export interface LinearParameters {
  readonly standardisation: Standardisation
  readonly intercept: number
  /**
   * One per feature, then one per missing-value indicator, then one per category, on the scale of the standardised
   * columns.
   */
  readonly coefficients: readonly number[]
  /** The chosen penalty. */
  readonly penalty: Penalty
  /** Mean loss on held-out rows under this penalty; `null` with too few rows to validate. */
  readonly validationLoss: number | null
  /** Columns left out because their relation to the labels changes with time; absent if all were used. */
  readonly unstable?: readonly number[]
}

/**
 * Chooses the mixing ratio (Lasso, elastic net, Ridge) and λ by the loss on held-out rows, then fits all rows with that
 * penalty. Preprocessing is fitted on the training rows of each fit. With too few rows to validate, uses Ridge with λ =
 * 1/n.
 *
 * Where rows have a time, each fold is tested on rows newer than its training rows. Only columns with a stable relation
 * to the labels are used (`stableColumns`), and if no penalty is clearly better than the mean, only the intercept is
 * learned: a relation that no longer holds is worse than none.
 */
export function trainOnPath(
  data: Dataset,
  learner: Learner,
  rowWeights: Float64Array,
  seed: number,
  progress: TrainingProgress = () => {},
  overrides: Partial<PathOptions> = {},
): LinearParameters {
  const options = pathOptions(overrides)
  const all = allRows(data.count)
  const standardisation = fitStandardisation(data, all, options.outliers)
  const whole = designOf(standardisation, data, all)
  const usesStable =
    options.lambda === undefined ? isTimed(data) && options.stable !== false : overrides.stable === true
  const kept = usesStable ? stableColumns(whole, data.labels) : undefined
  const { candidate, validationLoss, steps } =
    options.lambda === undefined
      ? choosePenalty(data, learner, rowWeights, seed, progress, options, {
          largestOf: (l1Ratio) => pathBeginning(whole, data.labels, rowWeights, l1Ratio),
          onlyStable: kept?.includes(0) === true,
        })
      : {
          candidate: { lambda: options.lambda, l1Ratio: options.l1Ratios[0] ?? 1, isStable: usesStable },
          validationLoss: null,
          steps: 1,
        }
  const { isStable, ...penalty } = candidate
  const usedColumns = isStable ? kept : undefined
  const design = usedColumns === undefined ? whole : onlyColumns(whole, usedColumns)
  const fit = learner.fit(design, data.labels, rowWeights, penalty)
  progress(steps, steps)
  return {
    standardisation,
    intercept: fit.intercept,
    coefficients: [...fit.coefficients],
    penalty,
    validationLoss,
    ...(usedColumns === undefined
      ? {}
      : { unstable: [...usedColumns.keys()].filter((column) => usedColumns[column] === 0) }),
  }
}

/**
 * Returns the smallest λ at which every coefficient is zero. There, the gradients of both losses are label minus mean.
 */
function pathBeginning(design: Design, labels: Float64Array, weights: Float64Array, l1Ratio: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = labels.reduce((sum, label, i) => sum + weights[i]! * label, 0) / total
  const pulls = labels.map((label, i) => (weights[i]! * (label - mean)) / total)
  return largestLambda(design, pulls, l1Ratio)
}

/** Returns an explainer of contributions relative to the mean training row. */
export function explainLinear({ standardisation, intercept, coefficients }: LinearParameters): Explainer {
  return (row, into) => {
    contributions(standardisation, coefficients, row, into)
    return intercept
  }
}

/** Returns the absolute coefficients of each feature's standardised columns, as shares of 1. */
export function linearImportance({
  standardisation,
  coefficients,
}: Pick<LinearParameters, 'standardisation' | 'coefficients'>): number[] {
  const shares = new Array<number>(standardisation.centre.length).fill(0)
  featuresOfColumns(standardisation).forEach((feature, column) => (shares[feature]! += Math.abs(coefficients[column]!)))
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => (total > 0 ? share / total : 0))
}
