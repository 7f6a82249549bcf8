import { softmaxRows } from '../check-classes.ts'
import { allRows } from '../linear/standardise.ts'
import type { Dataset } from '../model.ts'
import { random } from '../random.ts'
import { binRows, fitBins } from './bins.ts'
import { addByWalking, addToLeaves, sampleSubset } from './boost.ts'
import { createForestBuilder, type Forest } from './forest.ts'
import { createGrower, type TreeNode } from './grow-tree.ts'
import type { BoostingOptions } from './options.ts'
import { createRounds, type Round } from './rounds.ts'
import { leafValue } from './split.ts'

export interface BoostedClasses {
  /** One forest per class, which computes its margin. */
  readonly forests: readonly Forest[]
  /** Gain of each feature's splits as a share of the total gain. */
  readonly importance: readonly number[]
  readonly rounds: readonly Round[]
}

/** Rows labelled with class indices, and a weight per class. */
export interface ClassBoostingData {
  readonly train: Dataset
  /** Rows for early stopping; without them every round is run. */
  readonly validation: Dataset | undefined
  readonly classes: number
  readonly weightByClass: Float64Array
}

/**
 * Runs multiclass gradient boosting: each round grows one tree per class on the derivatives of the softmax loss at the
 * current margins (Friedman 2001, algorithm 6, with second derivatives).
 */
export function boostClasses(
  { train, validation, classes, weightByClass: weighing }: ClassBoostingData,
  options: BoostingOptions,
  seed: number,
  onRound: (round: Round) => void = () => {},
): BoostedClasses {
  const { learningRate, l2 } = options
  const next = random(seed)
  const bins = fitBins(train, options.binsMax)
  const binned = binRows(bins, train)
  const binnedValidation = validation === undefined ? undefined : binRows(bins, validation)
  const directions = new Int8Array(train.width)
  const starts = startsOf(train.labels, classes, weighing)
  const margins = starts.map((start) => new Float64Array(train.count).fill(start))
  const validationMargins = starts.map((start) => new Float64Array(binnedValidation?.count ?? 0).fill(start))
  const probabilities = new Float64Array(train.count * classes)
  const builders = starts.map((start) => createForestBuilder(binned, start))
  const grower = createGrower(binned, options.leavesMax)
  const everyRow = allRows(train.count)
  const valueOf = ({ sums, valueBounds }: TreeNode) =>
    Math.fround(learningRate * leafValue(sums.gradient, sums.hessian, l2, valueBounds))
  const rounds = createRounds(train.width, options.earlyStoppingRounds, onRound)

  for (let trees = 1; trees <= options.trees; trees++) {
    probabilitiesOf(margins, probabilities)
    const rows = options.rowShare < 1 ? sampleSubset(everyRow, options.rowShare, next) : everyRow
    const features = options.columnShare < 1 ? sampleSubset(allRows(train.width), options.columnShare, next) : null
    let divided = false
    for (let k = 0; k < classes; k++) {
      derivativesOf(probabilities, train.labels, k, classes, weighing, grower.derivatives)
      const { root, rows: own } = grower.grow({ rows, features, directions, options })
      builders[k]!.add(root, valueOf)
      rounds.addTree(root)
      if (own.length === train.count) addToLeaves(root, own, margins[k]!, valueOf)
      else addByWalking(root, binned, margins[k]!, valueOf)
      if (binnedValidation !== undefined) addByWalking(root, binnedValidation, validationMargins[k]!, valueOf)
      divided ||= root.split !== null
    }
    const validationLoss = validation === undefined ? null : meanLoss(validationMargins, validation.labels)
    if (rounds.end({ trees, validationLoss })) break
    if (!divided && options.rowShare === 1 && options.columnShare === 1) break
  }
  const best = rounds.best()
  return {
    forests: builders.map((builder) => builder.forest(best)),
    importance: rounds.importance(),
    rounds: rounds.all,
  }
}

/** Returns the log of each class's weighted share, with half a row added per class so that no class is impossible. */
function startsOf(labels: Float64Array, classes: number, weightByClass: Float64Array): number[] {
  const sums = new Float64Array(classes).fill(0.5)
  for (const label of labels) sums[label]! += weightByClass[label]!
  const total = sums.reduce((sum, one) => sum + one, 0)
  return Array.from(sums, (one) => Math.log(one / total))
}

function probabilitiesOf(margins: readonly Float64Array[], into: Float64Array): void {
  const classes = margins.length
  const rows = margins[0]!.length
  for (let k = 0; k < classes; k++) for (let row = 0; row < rows; row++) into[row * classes + k] = margins[k]![row]!
  softmaxRows(into, classes, rows)
}

/**
 * Writes the derivatives with respect to the margin of class k. With K classes the second one is scaled by K / (K − 1),
 * because the margins of a row are coupled.
 */
function derivativesOf(
  probabilities: Float64Array,
  labels: Float64Array,
  k: number,
  classes: number,
  weightByClass: Float64Array,
  into: Float32Array,
): void {
  const factor = classes / (classes - 1)
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!
    const weight = weightByClass[label]!
    const probability = probabilities[row * classes + k]!
    into[2 * row] = weight * (probability - (label === k ? 1 : 0))
    into[2 * row + 1] = weight * factor * probability * (1 - probability)
  }
}

function meanLoss(margins: readonly Float64Array[], labels: Float64Array): number {
  let loss = 0
  for (let row = 0; row < labels.length; row++) {
    let highest = Number.NEGATIVE_INFINITY
    for (const own of margins) highest = Math.max(highest, own[row]!)
    let total = 0
    for (const own of margins) total += Math.exp(own[row]! - highest)
    loss += Math.log(total) + highest - margins[labels[row]!]![row]!
  }
  return loss / labels.length
}
