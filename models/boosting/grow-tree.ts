import type { BinnedRows } from './bins.ts'
import { createHistograms, type Histogram, type Histograms } from './histogram.ts'
import type { BoostingOptions } from './options.ts'
import { bestSplit, leafValue, type ValueBounds, type Split, type Sums } from './split.ts'

/** A node and the rows that reach it: `rows[begin]` to `rows[end − 1]`. */
export interface TreeNode {
  readonly begin: number
  readonly end: number
  readonly depth: number
  readonly sums: Sums
  readonly valueBounds: ValueBounds
  /** Split of the node; `null` for a leaf. */
  split: Split | null
  left: TreeNode | null
  right: TreeNode | null
}

export interface GrowthInput {
  readonly binned: BinnedRows
  /** Indices of the rows in use, reordered in place by leaf. */
  readonly rows: Int32Array
  /** Indices of the features in use; `null` for all. */
  readonly features: Int32Array | null
  /** Monotone constraint of each feature: 1 rising, −1 falling, 0 none. */
  readonly directions: Int8Array
  readonly options: BoostingOptions
}

/** Bytes of histograms kept for later subtraction; beyond this limit both children are counted. */
const HISTOGRAM_BYTES_MAX = 256 * 2 ** 20

interface Candidate {
  readonly node: TreeNode
  readonly split: Split
  readonly histogram: Histogram | null
}

export interface Grower {
  /** First and second derivative of each row, interleaved. Must be written before each tree. */
  readonly derivatives: Float32Array
  /** Grows a tree on a copy of the rows. `rows` is that copy, ordered by leaf and valid until the next tree. */
  grow(input: Omit<GrowthInput, 'binned'>): { readonly root: TreeNode; readonly rows: Int32Array }
}

/**
 * Returns a grower that reuses its memory from tree to tree. Growth is best-first: the leaf with the largest gain is
 * split next, until `leavesMax` is reached or no split gains (Shi 2007; as in LightGBM).
 */
export function createGrower(binned: BinnedRows, leavesMax: number): Grower {
  const kept = Math.min(leavesMax, Math.max(2, Math.floor(HISTOGRAM_BYTES_MAX / (8 * binned.starts[binned.width]!))))
  const histograms = createHistograms(binned, kept + 2)
  const scratch = new Int32Array(binned.count)
  return {
    derivatives: histograms.derivatives,
    grow(input) {
      histograms.begin()
      const rows = histograms.rows.subarray(0, input.rows.length)
      rows.set(input.rows)
      return { root: growTree({ ...input, binned, rows }, histograms, kept, scratch), rows }
    },
  }
}

function growTree(input: GrowthInput, histograms: Histograms, kept: number, scratch: Int32Array): TreeNode {
  const { options, rows } = input
  const candidates: Candidate[] = []

  /** Finds the node's best split, and keeps the histogram for its children if there is one. */
  function consider(node: TreeNode, histogram: Histogram): void {
    const split = bestOfFeatures(input, node, histograms.read(histogram))
    const keep = split !== undefined && candidates.length < kept
    if (!keep) histograms.free(histogram)
    if (split !== undefined) candidates.push({ node, split, histogram: keep ? histogram : null })
  }
  const counted = ({ begin, end }: TreeNode) => histograms.count(begin, end)
  const divisible = ({ depth, sums }: TreeNode) => depth < options.depthMax && sums.rows >= 2 * options.leafRowsMin

  const root = leafOf(0, rows.length, 0, histograms.sums(0, rows.length), { lower: -Infinity, upper: Infinity })
  if (divisible(root)) consider(root, counted(root))
  for (let leaves = 1; leaves < options.leavesMax && candidates.length > 0; leaves++) {
    const { node, split, histogram } = candidates.splice(mostGain(candidates), 1)[0]!
    const { left, right } = divide(input, node, split, scratch)
    const last = leaves + 1 === options.leavesMax
    if (last || !(divisible(left) || divisible(right))) {
      if (histogram !== null) histograms.free(histogram)
      continue
    }
    const [smaller, larger] = left.sums.rows <= right.sums.rows ? [left, right] : [right, left]
    const ofSmaller = divisible(smaller) || histogram !== null ? counted(smaller) : null
    if (divisible(larger)) {
      const ofLarger = histogram ?? counted(larger)
      if (histogram !== null) histograms.subtract(histogram, ofSmaller!)
      consider(larger, ofLarger)
    } else if (histogram !== null) histograms.free(histogram)
    if (ofSmaller === null) continue
    if (divisible(smaller)) consider(smaller, ofSmaller)
    else histograms.free(ofSmaller)
  }
  for (const { histogram } of candidates) if (histogram !== null) histograms.free(histogram)
  return root
}

function leafOf(begin: number, end: number, depth: number, sums: Sums, valueBounds: ValueBounds): TreeNode {
  return { begin, end, depth, sums, valueBounds, split: null, left: null, right: null }
}

function mostGain(candidates: readonly Candidate[]): number {
  let best = 0
  for (let i = 1; i < candidates.length; i++) if (candidates[i]!.split.gain > candidates[best]!.split.gain) best = i
  return best
}

function bestOfFeatures(
  { binned, features, directions, options }: GrowthInput,
  { sums, valueBounds }: TreeNode,
  histogram: Float64Array,
): Split | undefined {
  let best: Split | undefined
  const count = features?.length ?? binned.width
  for (let k = 0; k < count; k++) {
    const feature = features === null ? k : features[k]!
    const above = best?.gain ?? options.gainMin
    best =
      bestSplit(
        histogram,
        feature,
        binned.features[feature]!,
        binned.starts[feature]!,
        sums,
        options,
        valueBounds,
        directions[feature]!,
        above,
      ) ?? best
  }
  return best
}

/** Splits the node: moves the rows that go left before those that go right, each in their order. */
function divide(
  { binned, rows, options, directions }: GrowthInput,
  node: TreeNode,
  split: Split,
  scratch: Int32Array,
): { readonly left: TreeNode; readonly right: TreeNode } {
  const { columns, count } = binned
  const { begin, end, depth, valueBounds } = node
  const { feature, left: goesLeft, leftSums, rightSums } = split
  const column = columns.subarray(feature * count, (feature + 1) * count)
  let leftEnd = begin
  let rightCount = 0
  for (let i = begin; i < end; i++) {
    const row = rows[i]!
    // Writes to both sides and advances one of them: the CPU could not predict a branch.
    const left = goesLeft[column[row]!]!
    rows[leftEnd] = row
    scratch[rightCount] = row
    leftEnd += left
    rightCount += 1 - left
  }
  rows.set(scratch.subarray(0, rightCount), leftEnd)
  const { l2 } = options
  const direction = directions[feature]!
  const middle =
    (leafValue(leftSums.gradient, leftSums.hessian, l2, valueBounds) +
      leafValue(rightSums.gradient, rightSums.hessian, l2, valueBounds)) /
    2
  const below = { lower: valueBounds.lower, upper: middle }
  const above = { lower: middle, upper: valueBounds.upper }
  node.split = split
  node.left = leafOf(begin, leftEnd, depth + 1, leftSums, direction === 0 ? valueBounds : direction > 0 ? below : above)
  node.right = leafOf(leftEnd, end, depth + 1, rightSums, direction === 0 ? valueBounds : direction > 0 ? above : below)
  return { left: node.left, right: node.right }
}
