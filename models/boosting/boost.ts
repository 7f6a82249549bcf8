import { random, shuffle } from '../random.ts'
import type { Dataset } from '../model.ts'
import { allRows } from '../linear/standardise.ts'
import { binRows, fitBins, type BinnedRows } from './bins.ts'
import { createForestBuilder, type Forest } from './forest.ts'
import { createGrower, type TreeNode } from './grow-tree.ts'
import type { Loss } from './loss.ts'
import type { BoostingOptions } from './options.ts'
import { createRounds, type Round } from './rounds.ts'
import { leafValue } from './split.ts'

/** Minimum number of features sampled per tree: with fewer, trees would miss most interactions. */
const COLUMNS_MIN = 8

export interface Boosted {
  readonly forest: Forest
  /** Gain of each feature's splits as a share of the total gain. */
  readonly importance: readonly number[]
  readonly rounds: readonly Round[]
}

export interface BoostingData {
  readonly train: Dataset
  /** Rows for early stopping; without them every round is run. */
  readonly validation: Dataset | undefined
  /** Weight of each training row; `null` for equal weights. */
  readonly weights: Float64Array | null
  /** Weight of each validation row; equal weights by default. */
  readonly validationWeights?: Float64Array | null
}

/**
 * Runs histogram-based gradient boosting with second-order steps (Friedman 2001; Chen and Guestrin 2016; Ke et al.
 * 2017): each tree fits the derivatives of the loss at the current margins, and adds its Newton steps scaled by the
 * learning rate.
 */
export function boost(
  { train, validation, weights, validationWeights = null }: BoostingData,
  loss: Loss,
  options: BoostingOptions,
  seed: number,
  onRound: (round: Round) => void = () => {},
): Boosted {
  const { learningRate, l2 } = options
  const next = random(seed)
  const columns = Math.max(options.columnShare, COLUMNS_MIN / train.width)
  const bins = fitBins(train, options.binsMax)
  const binned = binRows(bins, train)
  const binnedValidation = validation === undefined ? undefined : binRows(bins, validation)
  const directions = Int8Array.from(train.featureNames, (name) => options.monotone[name] ?? 0)
  const start = loss.start(train.labels, weights)
  const margins = new Float64Array(train.count).fill(start)
  const validationMargins = new Float64Array(binnedValidation?.count ?? 0).fill(start)
  const builder = createForestBuilder(binned, start)
  const grower = createGrower(binned, options.leavesMax)
  const everyRow = allRows(train.count)
  const valueOf = ({ sums, valueBounds }: TreeNode) =>
    Math.fround(learningRate * leafValue(sums.gradient, sums.hessian, l2, valueBounds))
  const rounds = createRounds(train.width, options.earlyStoppingRounds, onRound)

  for (let trees = 1; trees <= options.trees; trees++) {
    loss.derivatives(train.labels, margins, weights, grower.derivatives)
    const sampledRows = options.rowShare < 1 ? sampleSubset(everyRow, options.rowShare, next) : everyRow
    const features = columns < 1 ? sampleSubset(allRows(train.width), columns, next) : null
    const { root, rows } = grower.grow({ rows: sampledRows, features, directions, options })
    builder.add(root, valueOf)
    rounds.addTree(root)
    if (rows.length === train.count) addToLeaves(root, rows, margins, valueOf)
    else addByWalking(root, binned, margins, valueOf)
    if (binnedValidation !== undefined) addByWalking(root, binnedValidation, validationMargins, valueOf)
    const validationLoss =
      validation === undefined ? null : loss.mean(validation.labels, validationMargins, validationWeights)
    if (rounds.end({ trees, validationLoss })) break
    // A single-leaf tree means that no split gains any more, unless the next tree samples other rows or features.
    if (root.split === null && options.rowShare === 1 && columns >= 1) break
  }
  return { forest: builder.forest(rounds.best()), importance: rounds.importance(), rounds: rounds.all }
}

export function sampleSubset(from: Int32Array, share: number, next: () => number): Int32Array {
  return shuffle(from.slice(), next)
    .subarray(0, Math.max(1, Math.round(share * from.length)))
    .slice()
    .sort()
}

export function addToLeaves(
  node: TreeNode,
  rows: Int32Array,
  margins: Float64Array,
  valueOf: (node: TreeNode) => number,
): void {
  if (node.split !== null) {
    addToLeaves(node.left!, rows, margins, valueOf)
    addToLeaves(node.right!, rows, margins, valueOf)
    return
  }
  const value = valueOf(node)
  for (let index = node.begin; index < node.end; index++) margins[rows[index]!]! += value
}

export function addByWalking(
  root: TreeNode,
  { columns, count }: BinnedRows,
  margins: Float64Array,
  valueOf: (node: TreeNode) => number,
): void {
  const values = new Map<TreeNode, number>()
  const remember = (node: TreeNode): void => {
    if (node.split === null) values.set(node, valueOf(node))
    else {
      remember(node.left!)
      remember(node.right!)
    }
  }
  remember(root)
  for (let row = 0; row < count; row++) {
    let node = root
    while (node.split !== null) {
      const { feature, left } = node.split
      node = left[columns[feature * count + row]!] === 1 ? node.left! : node.right!
    }
    margins[row]! += values.get(node)!
  }
}
