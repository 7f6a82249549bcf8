import { packFloats, unpackFloats } from '../packed/packed-floats.ts'
import { packIntegers, unpackIntegers } from '../packed/packed-integers.ts'
import type { BinnedRows } from './bins.ts'
import type { TreeNode } from './grow-tree.ts'

/** Bit of `flags`: missing values go left. */
export const MISSING_LEFT = 1
/** Bit of `flags`: the threshold is the index of a category set, whose members go left. */
export const BY_CATEGORY = 2

/**
 * Trees as flat arrays, each tree's nodes in preorder, so that the left child is the next node. A row goes left where
 * its value ≤ threshold. Its margin is the bias plus the values of the leaves it reaches, all exact Float32 as in ONNX.
 */
export interface Forest {
  readonly bias: number
  /** First node of each tree, then the number of nodes. */
  readonly roots: Int32Array
  /** Feature that a node tests; −1 for a leaf. */
  readonly features: Int32Array
  /** Threshold of an inner node; 0 for a leaf. */
  readonly thresholds: Float32Array
  readonly flags: Uint8Array
  /** Right child of an inner node; 0 for a leaf. */
  readonly rights: Int32Array
  /** Value that a leaf adds to the margin; 0 for an inner node. */
  readonly values: Float32Array
  /** Training rows that reached the node. */
  readonly covers: Float32Array
  /** Codes that go left at each categorical split, ascending. */
  readonly categorySets: readonly (readonly number[])[]
}

/** JSON form of a forest, with its arrays packed into strings. */
export interface StoredForest {
  readonly bias: number
  readonly roots: readonly number[]
  readonly nodes: number
  /** The feature plus one; 0 for a leaf. */
  readonly features: string
  /** The threshold of an inner node, the value of a leaf. */
  readonly numbers: string
  readonly flags: string
  /** Distance from a node to its right child; 0 for a leaf. */
  readonly rights: string
  readonly covers: string
  readonly categorySets: readonly (readonly number[])[]
}

/** Collects trees as they are grown. `valueOf` returns a leaf's contribution to the margin, learning rate included. */
export function createForestBuilder(binned: Pick<BinnedRows, 'features'>, bias: number) {
  const roots = [0]
  const features: number[] = []
  const thresholds: number[] = []
  const flags: number[] = []
  const rights: number[] = []
  const values: number[] = []
  const covers: number[] = []
  const categorySets: number[][] = []

  function add(node: TreeNode, valueOf: (node: TreeNode) => number): void {
    const index = features.length
    const { split } = node
    values.push(split === null ? valueOf(node) : 0)
    covers.push(node.sums.rows)
    rights.push(0)
    if (split === null) {
      features.push(-1)
      thresholds.push(0)
      flags.push(0)
      return
    }
    const { bounds } = binned.features[split.feature]!
    features.push(split.feature)
    flags.push((split.missingLeft ? MISSING_LEFT : 0) | (bounds === null ? BY_CATEGORY : 0))
    if (bounds === null) {
      thresholds.push(categorySets.length)
      categorySets.push([...split.left.keys()].filter((bin) => split.left[bin] === 1).map((bin) => bin - 1))
    } else thresholds.push(bounds[split.bin - 1]!)
    add(node.left!, valueOf)
    rights[index] = features.length
    add(node.right!, valueOf)
  }

  return {
    add(root: TreeNode, valueOf: (node: TreeNode) => number): void {
      add(root, valueOf)
      roots.push(features.length)
    },
    /** Returns a forest of the first `trees` trees. */
    forest(trees: number): Forest {
      const nodes = roots[trees]!
      return {
        bias,
        roots: Int32Array.from(roots.slice(0, trees + 1)),
        features: Int32Array.from(features.slice(0, nodes)),
        thresholds: Float32Array.from(thresholds.slice(0, nodes)),
        flags: Uint8Array.from(flags.slice(0, nodes)),
        rights: Int32Array.from(rights.slice(0, nodes)),
        values: Float32Array.from(values.slice(0, nodes)),
        covers: Float32Array.from(covers.slice(0, nodes)),
        categorySets: categorySets.slice(0, setsOf(flags, thresholds, nodes)),
      }
    },
  }
}

function setsOf(flags: readonly number[], thresholds: readonly number[], nodes: number): number {
  let sets = 0
  for (let node = 0; node < nodes; node++) if ((flags[node]! & BY_CATEGORY) !== 0) sets = thresholds[node]! + 1
  return sets
}

export function storeForest(forest: Forest): StoredForest {
  const { bias, roots, features, thresholds, flags, rights, values, covers, categorySets } = forest
  return {
    bias,
    roots: [...roots],
    nodes: features.length,
    features: packIntegers(features.map((feature) => feature + 1)),
    numbers: packFloats(thresholds.map((threshold, node) => (features[node] === -1 ? values[node]! : threshold))),
    flags: packIntegers(flags),
    rights: packIntegers(rights.map((right, node) => (features[node] === -1 ? 0 : right - node))),
    covers: packFloats(covers),
    categorySets,
  }
}

/** Unpacks a stored forest. Throws if it is not valid for rows of `width` numbers. */
export function restoreForest(stored: StoredForest, width: number): Forest {
  const { bias, nodes, categorySets } = stored
  const integers = (packed: string) => Int32Array.from(unpackIntegers(packed, nodes))
  const features = integers(stored.features).map((feature) => feature - 1)
  const numbers = unpackFloats(stored.numbers, nodes)
  const forest: Forest = {
    bias,
    roots: Int32Array.from(stored.roots),
    features,
    thresholds: numbers.map((number, node) => (features[node] === -1 ? 0 : number)),
    flags: Uint8Array.from(integers(stored.flags)),
    rights: integers(stored.rights).map((distance, node) => (features[node] === -1 ? 0 : node + distance)),
    values: numbers.map((number, node) => (features[node] === -1 ? number : 0)),
    covers: unpackFloats(stored.covers, nodes),
    categorySets,
  }
  checkForest(forest, width)
  return forest
}

function checkForest(
  { bias, roots, features, thresholds, flags, rights, values, categorySets }: Forest,
  width: number,
): void {
  const nodes = features.length
  const wrong = (what: string): never => {
    throw new Error(`The trees do not hold together: ${what}.`)
  }
  if (!Number.isFinite(bias)) wrong(`the bias is ${bias}`)
  if (roots[0] !== 0 || roots.at(-1) !== nodes)
    wrong('the first tree does not begin with the first node, or the last does not end with the last')
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    const end = roots[tree + 1]!
    if (end <= roots[tree]!) wrong(`tree ${tree} has no node`)
    for (let node = roots[tree]!; node < end; node++) {
      if (!Number.isFinite(values[node])) wrong(`node ${node} has the value ${values[node]}`)
      if (features[node] === -1) continue
      if (!(features[node]! >= 0 && features[node]! < width))
        wrong(`node ${node} asks for feature ${features[node]} of ${width}`)
      if (!(rights[node]! > node + 1 && rights[node]! < end))
        wrong(`the right child of node ${node} is ${rights[node]}`)
      if ((flags[node]! & BY_CATEGORY) !== 0 && categorySets[thresholds[node]!] === undefined)
        wrong(`node ${node} asks for set of categories ${thresholds[node]}`)
    }
  }
}

/** Returns the number of splits between a node and its deepest leaf. */
export function depthOf({ features, rights }: Forest, node: number): number {
  return features[node] === -1
    ? 0
    : 1 +
        Math.max(
          depthOf({ features, rights } as Forest, node + 1),
          depthOf({ features, rights } as Forest, rights[node]!),
        )
}

/** Returns whether a row with this value goes left at an inner node. */
export function goesLeft({ flags, thresholds, categorySets }: Forest, node: number, value: number): boolean {
  const flag = flags[node]!
  if ((flag & BY_CATEGORY) !== 0) return categorySets[thresholds[node]!]!.includes(value)
  return Number.isNaN(value) ? (flag & MISSING_LEFT) !== 0 : value <= thresholds[node]!
}
