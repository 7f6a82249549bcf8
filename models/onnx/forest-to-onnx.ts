import type { Forest } from '../boosting/forest.ts'
import { FLOAT_MAX, forestNodes } from './forest-nodes.ts'
import { encodeScore, selectedColumns, type OnnxExport } from './onnx-export.ts'
import { createOnnxGraph, TREE_OPERATORS, type OnnxGraph } from './onnx-graph.ts'

/**
 * Exports the forest as an ONNX model from `rows` (float32 [N, width]; NaN is a missing value, categories are codes) to
 * `score` (float32 [N, 1]): the probability of class 1, or the estimate. Sums in float64, as `compileForest` does: over
 * many leaves, float32 rounding errors would add up.
 */
export function forestToOnnx(
  forest: Forest,
  width: number,
  kind: 'classification' | 'regression',
  options: OnnxExport = {},
): Uint8Array {
  const graph = createOnnxGraph()
  return encodeScore(graph, forestMargin(graph, selectedColumns(graph, options), forest), width, kind, options)
}

/**
 * Exports several forests, each the margin of a probability, to `score` (float32 [N, forests]). A number stands for a
 * margin that is the same for all rows.
 */
export function forestsToOnnx(
  forests: readonly (Forest | number)[],
  width: number,
  options: OnnxExport = {},
): Uint8Array {
  const graph = createOnnxGraph()
  const rows = selectedColumns(graph, options)
  const nothing = graph.node(
    'ReduceSum',
    [graph.cast(graph.node('IsNaN', [rows]), 'float32'), graph.integers([1], [1])],
    {
      keepdims: 1,
    },
  )
  const none = graph.node('Mul', [nothing, graph.floats([0], [])])
  const margins = forests.map((forest) =>
    typeof forest === 'number'
      ? graph.node('Add', [none, graph.floats([forest], [])])
      : forestMargin(graph, rows, forest),
  )
  const margin = margins.length === 1 ? margins[0]! : graph.node('Concat', margins, { axis: 1 })
  return encodeScore(graph, margin, width, 'classification', options, forests.length)
}

/** Exports several forests, each the margin of a class, to `score` (float32 [N, classes]): softmax probabilities. */
export function classForestsToOnnx(forests: readonly Forest[], width: number, options: OnnxExport = {}): Uint8Array {
  const graph = createOnnxGraph()
  const rows = selectedColumns(graph, options)
  const margins = forests.map((forest) => forestMargin(graph, rows, forest))
  const margin = graph.node('Concat', margins, { axis: 1 })
  return encodeScore(graph, margin, width, 'classes', options, forests.length)
}

/** Adds the forest's margin, float32 [N, 1], computed in float64. */
function forestMargin(graph: OnnxGraph, rows: string, forest: Forest): string {
  const nodes = forestNodes(forest)
  const endless = forest.thresholds.includes(Number.POSITIVE_INFINITY)
  return graph.node(
    'TreeEnsembleRegressor',
    [graph.cast(endless ? clipInfinity(graph, rows) : rows, 'float64')],
    {
      aggregate_function: 'SUM',
      base_values_as_tensor: { doubles: [forest.bias] },
      n_targets: 1,
      nodes_falsenodeids: { integers: nodes.falseIds },
      nodes_featureids: { integers: nodes.features },
      nodes_missing_value_tracks_true: { integers: nodes.missingTrue },
      nodes_modes: { strings: nodes.modes },
      nodes_nodeids: { integers: nodes.ids },
      nodes_treeids: { integers: nodes.trees },
      nodes_truenodeids: { integers: nodes.trueIds },
      nodes_values_as_tensor: { doubles: nodes.values },
      post_transform: 'NONE',
      target_ids: { integers: new Uint8Array(nodes.leafIds.length) },
      target_nodeids: { integers: nodes.leafIds },
      target_treeids: { integers: nodes.leafTrees },
      target_weights_as_tensor: { doubles: nodes.leafValues },
    },
    TREE_OPERATORS,
  )
}

/** Clips positive infinity to the largest Float32; NaN stays NaN. */
function clipInfinity(graph: OnnxGraph, rows: string): string {
  const greatest = graph.floats([FLOAT_MAX], [])
  return graph.node('Where', [graph.node('Greater', [rows, greatest]), greatest, rows])
}
