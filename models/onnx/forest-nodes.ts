import { BY_CATEGORY, MISSING_LEFT, type Forest } from '../boosting/forest.ts'

/** The largest finite Float32. */
export const FLOAT_MAX = (2 - 2 ** -23) * 2 ** 127

/**
 * Trees as attributes of an ONNX TreeEnsembleRegressor. The lists named `leaf…` have an entry per leaf, the others one
 * per node.
 */
export interface ForestNodes {
  readonly trees: number[]
  readonly ids: number[]
  readonly features: number[]
  readonly values: number[]
  readonly modes: ('BRANCH_LEQ' | 'BRANCH_EQ' | 'LEAF')[]
  readonly trueIds: number[]
  readonly falseIds: number[]
  /** 1 if a missing value follows the true branch. */
  readonly missingTrue: number[]
  readonly leafTrees: number[]
  readonly leafIds: number[]
  readonly leafValues: number[]
}

/**
 * Converts a forest. A split on a set of categories becomes a chain of equality tests whose true branches all lead to
 * the same left child; ONNX Runtime evaluates such a chain as one test where it can. An infinite threshold becomes the
 * largest Float32, which rows must not exceed.
 */
export function forestNodes(forest: Forest): ForestNodes {
  const nodes: ForestNodes = {
    trees: [],
    ids: [],
    features: [],
    values: [],
    modes: [],
    trueIds: [],
    falseIds: [],
    missingTrue: [],
    leafTrees: [],
    leafIds: [],
    leafValues: [],
  }
  const trees = forest.roots.length - 1
  for (let tree = 0; tree < trees; tree++) addTree(forest, tree, nodes)
  // ONNX requires at least one tree; a single leaf of 0 adds nothing.
  if (trees === 0) addLeaf(nodes, 0, 0, 0)
  return nodes
}

function addTree(
  { roots, features, thresholds, flags, rights, values, categorySets }: Forest,
  tree: number,
  to: ForestNodes,
): void {
  let ids = 0

  function addBranch(feature: number, mode: 'BRANCH_LEQ' | 'BRANCH_EQ', value: number, missingTrue: number): number {
    to.trees.push(tree)
    to.ids.push(ids++)
    to.features.push(feature)
    to.modes.push(mode)
    to.values.push(value)
    to.missingTrue.push(missingTrue)
    to.trueIds.push(0)
    return to.falseIds.push(0) - 1
  }

  /** Adds the node and its descendants, and returns its id. */
  function add(node: number): number {
    const feature = features[node]!
    if (feature === -1) return addLeaf(to, tree, ids++, values[node]!)
    const [left, right] = [node + 1, rights[node]!]
    const flag = flags[node]!
    const threshold = thresholds[node]!
    const categories = (flag & BY_CATEGORY) !== 0 ? categorySets[threshold]! : undefined
    // An empty set has no members, so every row goes right.
    if (categories?.length === 0) return add(right)
    const branches =
      categories === undefined
        ? [addBranch(feature, 'BRANCH_LEQ', Math.min(threshold, FLOAT_MAX), flag & MISSING_LEFT)]
        : categories.map((code) => addBranch(feature, 'BRANCH_EQ', code, 0))
    const first = to.ids[branches[0]!]!
    const leftId = add(left)
    const rightId = add(right)
    branches.forEach((index, k) => {
      to.trueIds[index] = leftId
      to.falseIds[index] = k + 1 < branches.length ? to.ids[branches[k + 1]!]! : rightId
    })
    return first
  }

  add(roots[tree]!)
}

function addLeaf(to: ForestNodes, tree: number, id: number, value: number): number {
  to.trees.push(tree)
  to.ids.push(id)
  to.features.push(0)
  to.modes.push('LEAF')
  to.values.push(0)
  to.missingTrue.push(0)
  to.trueIds.push(0)
  to.falseIds.push(0)
  to.leafTrees.push(tree)
  to.leafIds.push(id)
  to.leafValues.push(value)
  return id
}
