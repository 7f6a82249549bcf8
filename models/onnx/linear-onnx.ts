import type { LinearParameters } from '../regularisation-path.ts'
import { createGraph, ROWS, SCORES, type Graph } from './graph.ts'

/** A linear model as an ONNX model: from raw rows, NaN where a value is missing, to a score a row. Sums in 64 bits, as ours. */
export function linearToOnnx(
  { standardisation, intercept, coefficients }: LinearParameters,
  kind: 'classification' | 'regression',
): Uint8Array {
  const { lower, upper, centre, scale, indicators, oneHot = [] } = standardisation
  const width = centre.length
  const graph = createGraph()
  const row = (values: readonly number[]) => graph.doubles(values, [values.length])
  const column = (values: readonly number[]) => graph.doubles(values, [values.length, 1])
  const given = graph.cast(ROWS, 'double')
  const missing = graph.node('IsNaN', [given])
  const drawnIn = graph.node('Min', [graph.node('Max', [given, row(lower)]), row(upper)])
  const standardised = graph.node('Mul', [graph.node('Sub', [drawnIn, row(centre)]), row(scale)])
  // What is missing, and what never counts, is 0; a code of a category stands in its column, which has no scale.
  const known = graph.node('Where', [missing, row(new Array<number>(width).fill(0)), standardised])
  let sum = graph.node('Add', [graph.node('MatMul', [known, column(coefficients.slice(0, width))]), row([intercept])])
  if (indicators.length > 0) {
    const chosen = graph.node('Gather', [graph.cast(missing, 'double'), graph.integers(indicators, [indicators.length])], {
      axis: 1,
    })
    sum = graph.node('Add', [sum, graph.node('MatMul', [chosen, column(coefficients.slice(width, width + indicators.length))])])
  }
  let first = width + indicators.length
  for (const { feature, columns } of oneHot) {
    sum = graph.node('Add', [sum, ofCategory(graph, given, feature, coefficients.slice(first, first + columns))])
    first += columns
  }
  const margin = graph.cast(sum, 'float')
  return graph.encode(ROWS, width, kind === 'classification' ? graph.node('Sigmoid', [margin]) : margin, SCORES, 1)
}

/** The coefficient of the row's category: the last one where it is any other, 0 where it is missing. */
function ofCategory(graph: Graph, given: string, feature: number, coefficients: readonly number[]): string {
  const other = coefficients.length - 1
  const scalar = (value: number) => graph.doubles([value], [])
  const code = graph.node('Gather', [given, graph.integers([feature], [1])], { axis: 1 })
  const isKnown = graph.node('And', [graph.node('GreaterOrEqual', [code, scalar(0)]), graph.node('Less', [code, scalar(other)])])
  const known = graph.node('Where', [isKnown, code, scalar(other)])
  const place = graph.node('Where', [graph.node('IsNaN', [code]), scalar(other + 1), known])
  const all = graph.doubles([...coefficients, 0], [other + 2])
  return graph.node('Gather', [all, graph.cast(place, 'int64')], { axis: 0 })
}
