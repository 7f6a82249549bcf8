import { treeMargins, type MarginsOfRows, type TreeEnsemble } from './tree-ensemble.ts'
import { BY_CATEGORY, depthOf, MISSING_LEFT, type Forest } from './forest.ts'

/**
 * A column appended to each row. The branchless traversal of complete trees only tests value ≤ threshold, so other
 * splits test an added column: the negated value for splits that send missing values left (with the children swapped),
 * or whether a category is outside a set.
 */
type AddedColumn =
  | { readonly kind: 'negated'; readonly feature: number }
  /** 0 for members of the set, 1 for all others. `members` is indexed by code; codes beyond its end are outside. */
  | { readonly kind: 'outside'; readonly feature: number; readonly members: Uint8Array }

/** Rows widened at a time, few enough to stay in the CPU cache while all trees are traversed. */
const BLOCK_ROWS = 512

/** Compiles the forest into a function of rows of the given width. */
export function compileForest(forest: Forest, width: number): MarginsOfRows {
  const { ensemble, added } = complete(forest, width)
  const margins = treeMargins(ensemble)
  if (added.length === 0) return margins
  const wide = width + added.length
  const block = new Float32Array(BLOCK_ROWS * wide)
  return (rows, count, rowWidth, into) => {
    for (let first = 0; first < count; first += BLOCK_ROWS) {
      const rowsHere = Math.min(BLOCK_ROWS, count - first)
      for (let row = 0; row < rowsHere; row++) widen(rows, (first + row) * rowWidth, width, added, block, row * wide)
      margins(block, rowsHere, wide, into.subarray(first))
    }
  }
}

function widen(
  rows: Float32Array,
  from: number,
  width: number,
  added: readonly AddedColumn[],
  into: Float32Array,
  to: number,
): void {
  for (let column = 0; column < width; column++) into[to + column] = rows[from + column]!
  for (let k = 0; k < added.length; k++) {
    const column = added[k]!
    const value = rows[from + column.feature]!
    into[to + width + k] = column.kind === 'negated' ? -value : column.members[value] === 1 ? 0 : 1
  }
}

function complete(
  forest: Forest,
  width: number,
): { readonly ensemble: TreeEnsemble; readonly added: readonly AddedColumn[] } {
  const { roots } = forest
  const trees = roots.length - 1
  let depth = 0
  for (let tree = 0; tree < trees; tree++) depth = Math.max(depth, depthOf(forest, roots[tree]!))
  const inner = (1 << depth) - 1
  const features = new Int32Array(trees * inner)
  const thresholds = new Float32Array(trees * inner)
  const leaves = new Float64Array(trees * (inner + 1))
  const added: AddedColumn[] = []
  const negated = new Map<number, number>()
  const outside = new Map<number, number>()

  function addedColumn(known: Map<number, number>, key: number, make: () => AddedColumn): number {
    const column = known.get(key) ?? width + added.push(make()) - 1
    known.set(key, column)
    return column
  }

  /** Fills the complete tree from position `at` downwards with the node and its descendants. */
  function place(tree: number, node: number, at: number): void {
    if (at >= inner) {
      leaves[tree * (inner + 1) + at - inner] = forest.values[node]!
      return
    }
    const cell = tree * inner + at
    const feature = forest.features[node]!
    if (feature === -1) {
      place(tree, node, 2 * at + 1)
      place(tree, node, 2 * at + 2)
      return
    }
    const threshold = forest.thresholds[node]!
    const [left, right] = [node + 1, forest.rights[node]!]
    const flag = forest.flags[node]!
    if ((flag & BY_CATEGORY) !== 0) {
      features[cell] = addedColumn(outside, threshold, () => ({
        kind: 'outside',
        feature,
        members: membersOf(forest.categorySets[threshold]!),
      }))
      thresholds[cell] = 0.5
    } else if ((flag & MISSING_LEFT) !== 0) {
      // x > t is −x < −t, hence −x ≤ the next smaller Float32; so the right child comes first.
      features[cell] = addedColumn(negated, feature, () => ({ kind: 'negated', feature }))
      thresholds[cell] = nextBelow(-threshold)
      place(tree, right, 2 * at + 1)
      place(tree, left, 2 * at + 2)
      return
    } else {
      features[cell] = feature
      thresholds[cell] = threshold
    }
    place(tree, left, 2 * at + 1)
    place(tree, right, 2 * at + 2)
  }

  for (let tree = 0; tree < trees; tree++) place(tree, roots[tree]!, 0)
  return { ensemble: { depth, bias: forest.bias, features, thresholds, leaves }, added }
}

function membersOf(codes: readonly number[]): Uint8Array {
  const members = new Uint8Array(Math.max(-1, ...codes) + 1)
  for (const code of codes) members[code] = 1
  return members
}

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** Returns the largest Float32 below a finite one. */
export function nextBelow(value: number): number {
  float[0] = value
  if (float[0] === 0) bits[0] = -0x7fffffff
  else bits[0]! += float[0]! > 0 ? -1 : 1
  return float[0]!
}
