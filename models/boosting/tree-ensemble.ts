/**
 * Complete binary trees of equal depth whose leaf values add up to a margin, as in gradient boosting (Friedman 2001).
 * Node i of a tree has the children 2i + 1 (value ≤ threshold) and 2i + 2; a shallower branch is padded with copies of
 * its leaf. NaN is never ≤, so it goes right.
 */
export interface TreeEnsemble {
  readonly depth: number
  /** Margin before the first tree. */
  readonly bias: number
  /** Index into the row for each inner node: trees × (2^depth − 1). */
  readonly features: ArrayLike<number>
  /** Threshold of each inner node, compared as Float32 like the rows. */
  readonly thresholds: ArrayLike<number>
  /** Leaf values: trees × 2^depth. */
  readonly leaves: ArrayLike<number>
}

/** Writes the margin of each of `count` rows of `width` numbers. */
export type MarginsOfRows = (rows: Float32Array, count: number, width: number, into: Float64Array) => void

/**
 * Returns a function that computes margins. It goes tree by tree over all rows, so that a tree's few kilobytes stay in
 * the L1 cache; takes four rows at a time, whose traversals do not wait for each other's loads; and uses the comparison
 * as a number, because the CPU could not predict a branch. Throws if the arrays' lengths do not match.
 */
export function treeMargins(ensemble: TreeEnsemble): MarginsOfRows {
  const { depth, bias } = ensemble
  const inner = (1 << depth) - 1
  const trees = ensemble.leaves.length / (inner + 1)
  if (
    !Number.isInteger(trees) ||
    ensemble.features.length !== trees * inner ||
    ensemble.thresholds.length !== trees * inner
  ) {
    throw new Error(
      `A tree ensemble of depth ${depth} with ${ensemble.leaves.length} leaves must have ${inner} nodes for every ${inner + 1} leaves, not ${ensemble.features.length} features and ${ensemble.thresholds.length} thresholds.`,
    )
  }
  const nodes: Nodes = {
    trees,
    depth,
    features: Int32Array.from(ensemble.features),
    thresholds: Float32Array.from(ensemble.thresholds),
    leaves: Float64Array.from(ensemble.leaves),
  }
  return (rows, count, width, into) => {
    into.fill(bias, 0, count)
    const whole = count - (count % 4)
    for (let tree = 0; tree < trees; tree++) addTree(nodes, tree, rows, whole, width, into)
    for (let row = whole; row < count; row++) addLeftOver(nodes, row, row * width, into, rows)
  }
}

interface Nodes {
  readonly trees: number
  readonly depth: number
  readonly features: Int32Array
  readonly thresholds: Float32Array
  readonly leaves: Float64Array
}

/** Adds a tree's values to the margins. `count` must be a multiple of four. */
function addTree(
  nodes: Nodes,
  tree: number,
  rows: Float32Array,
  count: number,
  width: number,
  into: Float64Array,
): void {
  const { depth, features, thresholds, leaves } = nodes
  const inner = (1 << depth) - 1
  const root = tree * inner
  // Offset from 2 × parent to the right child, in indices over the nodes of all trees.
  const right = 2 - root
  const firstLeaf = tree * (inner + 1) - inner - root
  for (let row = 0; row < count; row += 4) {
    const first = row * width
    const second = first + width
    const third = second + width
    const fourth = third + width
    let a = root
    let b = root
    let c = root
    let d = root
    for (let level = 0; level < depth; level++) {
      a = 2 * a + right - +(rows[first + features[a]!]! <= thresholds[a]!)
      b = 2 * b + right - +(rows[second + features[b]!]! <= thresholds[b]!)
      c = 2 * c + right - +(rows[third + features[c]!]! <= thresholds[c]!)
      d = 2 * d + right - +(rows[fourth + features[d]!]! <= thresholds[d]!)
    }
    into[row]! += leaves[firstLeaf + a]!
    into[row + 1]! += leaves[firstLeaf + b]!
    into[row + 2]! += leaves[firstLeaf + c]!
    into[row + 3]! += leaves[firstLeaf + d]!
  }
}

/** Handles the last rows one by one, four trees at a time. Leaf values are added in tree order. */
function addLeftOver(nodes: Nodes, row: number, first: number, into: Float64Array, rows: Float32Array): void {
  const { trees, depth, features, thresholds, leaves } = nodes
  const inner = (1 << depth) - 1
  const whole = trees - (trees % 4)
  let sum = into[row]!
  for (let tree = 0; tree < whole; tree += 4) {
    const [one, two, three, four] = [tree * inner, (tree + 1) * inner, (tree + 2) * inner, (tree + 3) * inner]
    let a = one
    let b = two
    let c = three
    let d = four
    for (let level = 0; level < depth; level++) {
      a = 2 * a + 2 - one - +(rows[first + features[a]!]! <= thresholds[a]!)
      b = 2 * b + 2 - two - +(rows[first + features[b]!]! <= thresholds[b]!)
      c = 2 * c + 2 - three - +(rows[first + features[c]!]! <= thresholds[c]!)
      d = 2 * d + 2 - four - +(rows[first + features[d]!]! <= thresholds[d]!)
    }
    // A tree has one leaf more than it has inner nodes.
    sum += leaves[tree - inner + a]!
    sum += leaves[tree + 1 - inner + b]!
    sum += leaves[tree + 2 - inner + c]!
    sum += leaves[tree + 3 - inner + d]!
  }
  for (let tree = whole; tree < trees; tree++) {
    const root = tree * inner
    let node = root
    for (let level = 0; level < depth; level++) {
      node = 2 * node + 2 - root - +(rows[first + features[node]!]! <= thresholds[node]!)
    }
    sum += leaves[tree - inner + node]!
  }
  into[row] = sum
}
