import { BY_CATEGORY, MISSING_LEFT, type Forest } from '../boosting/forest.ts'
import { createGraph, ROWS, SCORES } from './graph.ts'

/** The largest finite Float32: ONNX Runtime takes no infinite threshold. */
const LARGEST = 3.4028234663852886e38

/** Nodes of all trees, field by field, as TreeEnsembleRegressor wants them. */
interface Columns {
  readonly trees: number[]
  readonly ids: number[]
  readonly features: number[]
  readonly modes: string[]
  readonly values: number[]
  readonly trueIds: number[]
  readonly falseIds: number[]
  readonly missingTrue: number[]
  readonly leafTrees: number[]
  readonly leafIds: number[]
  readonly leafWeights: number[]
}

/**
 * A boosted forest as an ONNX model (ai.onnx.ml 3, TreeEnsembleRegressor): from raw rows, NaN where a value is missing, to a score a row. A split by a set of categories
 * becomes a chain of questions whether the code is this or that, each of which leads to a copy of what is on the left.
 */
export function forestToOnnx(forest: Forest, width: number, kind: 'classification' | 'regression'): Uint8Array {
  const columns: Columns = {
    trees: [],
    ids: [],
    features: [],
    modes: [],
    values: [],
    trueIds: [],
    falseIds: [],
    missingTrue: [],
    leafTrees: [],
    leafIds: [],
    leafWeights: [],
  }
  for (let tree = 0; tree + 1 < forest.roots.length; tree++) addTree(forest, tree, columns)
  const graph = createGraph()
  const margins = graph.node(
    'TreeEnsembleRegressor',
    [ROWS],
    {
      n_targets: 1,
      post_transform: 'NONE',
      aggregate_function: 'SUM',
      base_values: { floats: [forest.bias] },
      nodes_treeids: { integers: columns.trees },
      nodes_nodeids: { integers: columns.ids },
      nodes_featureids: { integers: columns.features },
      nodes_modes: { strings: columns.modes },
      nodes_values: { floats: columns.values },
      nodes_truenodeids: { integers: columns.trueIds },
      nodes_falsenodeids: { integers: columns.falseIds },
      nodes_missing_value_tracks_true: { integers: columns.missingTrue },
      target_treeids: { integers: columns.leafTrees },
      target_nodeids: { integers: columns.leafIds },
      target_ids: { integers: columns.leafIds.map(() => 0) },
      target_weights: { floats: columns.leafWeights },
    },
    'ai.onnx.ml',
  )
  return graph.encode(ROWS, width, kind === 'classification' ? graph.node('Sigmoid', [margins]) : margins, SCORES, 1)
}

function addTree(forest: Forest, tree: number, columns: Columns): void {
  const { features, thresholds, flags, rights, values, categorySets } = forest
  let nextId = 0

  function put(mode: string, feature: number, value: number, missingTrue: boolean): { readonly id: number; readonly at: number } {
    const id = nextId++
    const at = columns.ids.length
    columns.trees.push(tree)
    columns.ids.push(id)
    columns.features.push(feature)
    columns.modes.push(mode)
    columns.values.push(value)
    columns.trueIds.push(0)
    columns.falseIds.push(0)
    columns.missingTrue.push(missingTrue ? 1 : 0)
    return { id, at }
  }

  /** Returns the id of what was added. */
  function add(node: number): number {
    const feature = features[node]!
    if (feature === -1) {
      const { id } = put('LEAF', 0, 0, false)
      columns.leafTrees.push(tree)
      columns.leafIds.push(id)
      columns.leafWeights.push(values[node]!)
      return id
    }
    if ((flags[node]! & BY_CATEGORY) !== 0) return addChain(node, feature, categorySets[thresholds[node]!]!)
    const { id, at } = put('BRANCH_LEQ', feature, Math.min(thresholds[node]!, LARGEST), (flags[node]! & MISSING_LEFT) !== 0)
    columns.trueIds[at] = add(node + 1)
    columns.falseIds[at] = add(rights[node]!)
    return id
  }

  function addChain(node: number, feature: number, codes: readonly number[]): number {
    const [code, ...others] = codes
    const { id, at } = put('BRANCH_EQ', feature, code!, false)
    columns.trueIds[at] = add(node + 1)
    columns.falseIds[at] = others.length === 0 ? add(rights[node]!) : addChain(node, feature, others)
    return id
  }

  add(forest.roots[tree]!)
}
