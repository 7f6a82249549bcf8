import type { LinearParameters } from '../linear/regularisation-path.ts'
import type { SoftmaxParameters } from '../linear/softmax-logistic.ts'
import { encodeScore, selectedColumns, type OnnxExport } from './onnx-export.ts'
import { createOnnxGraph, type OnnxGraph } from './onnx-graph.ts'

/** The part of a linear model that is needed for scoring. */
export type LinearModel = Pick<LinearParameters, 'standardisation' | 'intercept' | 'coefficients'>

/**
 * Exports a linear model with its preprocessing as an ONNX model from raw `rows` (float32 [N, width]; NaN is a missing
 * value, categories are codes) to `score` (float32 [N, 1]): the probability of class 1, or the estimate. Computes in
 * float64, because values far from 0 lose precision when the mean is subtracted.
 */
export function linearToOnnx(
  model: LinearModel,
  kind: 'classification' | 'regression',
  options: OnnxExport = {},
): Uint8Array {
  const graph = createOnnxGraph()
  const rows = selectedColumns(graph, options)
  const width = model.standardisation.centre.length
  return encodeScore(graph, marginOf(graph, rows, model), width, kind, options)
}

/** Exports a multiclass model to `score` (float32 [N, classes]): softmax probabilities. */
export function softmaxToOnnx(
  { standardisation, intercepts, coefficients }: SoftmaxParameters,
  options: OnnxExport = {},
): Uint8Array {
  const graph = createOnnxGraph()
  const rows = selectedColumns(graph, options)
  const margins = coefficients.map((own, k) =>
    marginOf(graph, rows, { standardisation, intercept: intercepts[k]!, coefficients: own }),
  )
  const margin = graph.node('Concat', margins, { axis: 1 })
  return encodeScore(graph, margin, standardisation.centre.length, 'classes', options, margins.length)
}

function marginOf(graph: OnnxGraph, rows: string, model: LinearModel): string {
  const sums = [ofNumbers(graph, rows, model), ...ofMissing(graph, rows, model), ...ofCategories(graph, rows, model)]
  return sums.reduce((sum, part) => graph.node('Add', [sum, part]), graph.doubles([model.intercept], [1, 1]))
}

/** Adds Σ coefficient × standardised number. A missing value counts as the mean and adds nothing. */
function ofNumbers(graph: OnnxGraph, rows: string, { standardisation, coefficients }: LinearModel): string {
  const { lower, upper, centre, scale } = standardisation
  const width = centre.length
  const aColumn = (values: readonly number[]) => graph.doubles(values, [width])
  const numbers = graph.cast(rows, 'float64')
  const clipped = graph.node('Min', [graph.node('Max', [numbers, aColumn(lower)]), aColumn(upper)])
  const standardised = graph.node('Mul', [graph.node('Sub', [clipped, aColumn(centre)]), aColumn(scale)])
  const known = graph.node('Where', [graph.node('IsNaN', [rows]), graph.doubles([0], []), standardised])
  return graph.node('MatMul', [known, graph.doubles(coefficients.slice(0, width), [width, 1])])
}

/** Adds the coefficients of the missing-value indicators. */
function ofMissing(graph: OnnxGraph, rows: string, { standardisation, coefficients }: LinearModel): string[] {
  const { centre, indicators } = standardisation
  const count = indicators.length
  if (count === 0) return []
  const indicated = graph.node('Gather', [rows, graph.integers(indicators, [count])], { axis: 1 })
  const missing = graph.cast(graph.node('IsNaN', [indicated]), 'float64')
  return [
    graph.node('MatMul', [
      missing,
      graph.doubles(coefficients.slice(centre.length, centre.length + count), [count, 1]),
    ]),
  ]
}

/**
 * Adds the coefficient of each feature's category. The last column is any other category; an extra entry of 0 is for
 * missing values.
 */
function ofCategories(graph: OnnxGraph, rows: string, { standardisation, coefficients }: LinearModel): string[] {
  const { centre, indicators, oneHot = [] } = standardisation
  let first = centre.length + indicators.length
  return oneHot.map(({ feature, columns }) => {
    const table = graph.doubles([...coefficients.slice(first, first + columns), 0], [columns + 1, 1])
    first += columns
    const other = graph.floats([columns - 1], [])
    const value = graph.node('Gather', [rows, graph.integers([feature], [])], { axis: 1 })
    const isKnown = graph.node('And', [
      graph.node('GreaterOrEqual', [value, graph.floats([0], [])]),
      graph.node('Less', [value, other]),
    ])
    const known = graph.node('Where', [isKnown, value, other])
    const code = graph.node('Where', [graph.node('IsNaN', [value]), graph.floats([columns], []), known])
    return graph.node('Gather', [table, graph.cast(code, 'int64')], { axis: 0 })
  })
}
