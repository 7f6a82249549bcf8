import type { Dataset, TrainingProgress } from '../model.ts'
import { isTimed, temporalFolds, temporalHoldout } from '../split.ts'
import type { LinearFit, Penalty } from './coordinate-descent.ts'
import type { PathOptions } from './path-options.ts'
import { bestOf, isSimplestEnough, meanOf, standardError } from './simplest.ts'
import { onlyColumns, stableColumns } from './stable-columns.ts'
import { designOf, fitStandardisation, type Design } from './standardise.ts'

const VALIDATION_SHARE = 0.25
const VALIDATION_ROWS_MIN = 20
/** Smallest λ of a path, as a share of the largest. */
const LAMBDA_REACH = 1e-3

/** A loss and its solver. */
export interface Learner {
  readonly fit: (
    design: Design,
    labels: Float64Array,
    rowWeights: Float64Array,
    penalty: Penalty,
    from?: LinearFit,
    tolerance?: number,
  ) => LinearFit
  /** Returns the loss of one row at a margin b + xβ. */
  loss(label: number, margin: number): number
  /** Returns whether these labels can be learned from. */
  canLearn(labels: Float64Array): boolean
}

interface Candidate extends Penalty {
  /** Whether only columns with a stable relation to the labels are used. */
  readonly isStable: boolean
}

interface ChosenPenalty {
  readonly candidate: Candidate
  readonly validationLoss: number | null
  /** Steps of progress, including the final fit. */
  readonly steps: number
}

interface PathBounds {
  readonly largestOf: (l1Ratio: number) => number
  /** Whether some columns are unstable, so that paths use only the stable ones. */
  readonly onlyStable: boolean
}

/** Returns the candidates, from the simplest on. Where rows have a time, the first is a fit of the intercept only. */
function candidatesOf(options: PathOptions, isTimedData: boolean, { largestOf, onlyStable }: PathBounds): Candidate[] {
  const path = options.l1Ratios.flatMap((l1Ratio) => {
    const largest = largestOf(l1Ratio)
    return Array.from({ length: options.lambdas }, (_, k) => ({
      lambda: largest * LAMBDA_REACH ** (k / Math.max(1, options.lambdas - 1)),
      l1Ratio,
      isStable: onlyStable,
    }))
  })
  // Strong enough that only the intercept is left.
  return isTimedData ? [{ lambda: 2 * largestOf(1), l1Ratio: 1, isStable: false }, ...path] : path
}

/** Chooses the penalty, and whether all columns are used, by the loss on held-out rows. */
export function choosePenalty(
  data: Dataset,
  learner: Learner,
  rowWeights: Float64Array,
  seed: number,
  progress: TrainingProgress,
  options: PathOptions,
  bounds: PathBounds,
): ChosenPenalty {
  const pick = (from: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => from[row]!)
  const splits = (
    options.folds > 1 ? temporalFolds(data, options.folds, seed) : [temporalHoldout(data, VALIDATION_SHARE, seed)]
  ).filter(
    ({ train, test }) =>
      test.length >= VALIDATION_ROWS_MIN / options.folds && learner.canLearn(pick(data.labels, train)),
  )
  if (splits.length === 0)
    return { candidate: { lambda: 1 / data.count, l1Ratio: 0, isStable: false }, validationLoss: null, steps: 1 }
  const isTimedData = isTimed(data)
  const path = candidatesOf(options, isTimedData, bounds)
  const steps = splits.length * path.length + 1
  const losses = path.map(() => new Float64Array(splits.length))
  splits.forEach(({ train, test }, part) => {
    const standardisation = fitStandardisation(data, train, options.outliers)
    const [whole, testDesign] = [designOf(standardisation, data, train), designOf(standardisation, data, test)]
    const labels = pick(data.labels, train)
    const stable = path.some(({ isStable }) => isStable) ? onlyColumns(whole, stableColumns(whole, labels)) : whole
    let fit: LinearFit | undefined
    path.forEach((candidate, k) => {
      const { l1Ratio, isStable } = candidate
      // Each path starts with all coefficients at zero and then warm-starts from its neighbour.
      const isNext = k > 0 && path[k - 1]!.l1Ratio === l1Ratio && path[k - 1]!.isStable === isStable
      fit = learner.fit(
        isStable ? stable : whole,
        labels,
        pick(rowWeights, train),
        candidate,
        isNext ? fit : undefined,
        1e-6,
      )
      losses[k]![part] = meanLoss(learner, testDesign, pick(data.labels, test), pick(rowWeights, test), fit)
      progress(part * path.length + k + 1, steps)
    })
  })
  const isInterceptOnly = isTimedData && isSimplestEnough(losses)
  const chosen = isInterceptOnly ? 0 : leastOf(path, losses, options.simplest)
  return { candidate: path[chosen]!, validationLoss: meanOf(losses[chosen]!), steps }
}

/**
 * Returns the index of the best candidate; with `simplest`, of the strongest penalty of its path within a standard
 * error of the lowest loss.
 */
function leastOf(path: readonly Candidate[], losses: readonly Float64Array[], simplest: boolean): number {
  const best = bestOf(losses)
  const least = meanOf(losses[best]!)
  const tolerated = simplest ? standardError(losses[best]!, least) : 0
  return path.findIndex(({ l1Ratio }, k) => l1Ratio === path[best]!.l1Ratio && meanOf(losses[k]!) <= least + tolerated)
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
