import { calibratedInGraph } from '../onnx/calibrated-in-graph.ts'
import { selectedColumns, ROWS, SCORE, type OnnxExport } from '../onnx/onnx-export.ts'
import { createOnnxGraph, type OnnxGraph } from '../onnx/onnx-graph.ts'
import type { InputLayout } from './network-inputs.ts'
import { unpackNetwork, type Network, type NetworkParameters } from './network-parameters.ts'

/**
 * Exports the network as an ONNX model. It takes raw rows (float32 [N, width], with NaN for missing values and codes
 * for categories) and returns [N, outputs]: the outputs of `scoreNetwork` within float32 rounding.
 */
export function networkToOnnx(parameters: NetworkParameters, options: OnnxExport = {}): Uint8Array {
  const network = unpackNetwork(parameters)
  const graph = createOnnxGraph()
  const { layers, layout } = network
  const rows = selectedColumns(graph, options)
  const inputs = [...numbersOf(graph, rows, layout), ...vectorsOf(graph, rows, network)]
  let values = inputs.length === 1 ? inputs[0]! : graph.node('Concat', inputs, { axis: 1 })
  layers.forEach(({ inputs, outputs, weights, biases }, k) => {
    const sums = graph.node('Gemm', [values, graph.floats(weights, [inputs, outputs]), graph.floats(biases, [outputs])])
    values = k === layers.length - 1 ? sums : graph.node('Relu', [sums])
  })
  const given = outputsOf(graph, network, values)
  return graph.encode({
    input: ROWS,
    inputWidth: options.chosen?.width ?? network.width,
    value:
      options.calibration === undefined
        ? given
        : graph.cast(calibratedInGraph(graph, given, options.calibration), 'float32'),
    output: SCORE,
    outputWidth: network.outputs,
    metadata: options.metadata ?? {},
  })
}

/** Returns at most two blocks: standardised numbers, then missing-value indicators. */
function numbersOf(graph: OnnxGraph, rows: string, { columns, features, standardisation }: InputLayout): string[] {
  const { lower, upper, centre, scale } = standardisation
  const numbers = columns.filter((column) => column < scale.length)
  const indicated = features.slice(numbers.length)
  const block = (of: readonly number[]) => graph.node('Gather', [rows, graph.integers(of, [of.length])], { axis: 1 })
  const ofNumbers = (of: readonly number[]) =>
    graph.doubles(
      numbers.map((feature) => of[feature]!),
      [numbers.length],
    )
  const blocks: string[] = []
  if (numbers.length > 0) {
    // In 64 bits, because a value far from 0 loses precision when the mean is subtracted.
    const given = graph.cast(block(numbers), 'float64')
    const known = graph.node('Where', [graph.node('IsNaN', [given]), ofNumbers(centre), given])
    const clipped = graph.node('Min', [graph.node('Max', [known, ofNumbers(lower)]), ofNumbers(upper)])
    // A missing value is replaced by the mean, which is within the bounds.
    const standardised = graph.node('Mul', [graph.node('Sub', [clipped, ofNumbers(centre)]), ofNumbers(scale)])
    blocks.push(graph.cast(standardised, 'float32'))
  }
  if (indicated.length > 0) blocks.push(graph.cast(graph.node('IsNaN', [block(indicated)]), 'float32'))
  return blocks
}

/** Returns the embedding of each category. */
function vectorsOf(graph: OnnxGraph, rows: string, { layout, tables }: Network): string[] {
  return layout.embeddings.map(({ feature, codes, size }, k) => {
    const [other, missing] = [codes - 2, codes - 1]
    const value = graph.node('Gather', [rows, graph.integers([feature], [])], { axis: 1 })
    const least = graph.node('GreaterOrEqual', [value, graph.floats([0], [])])
    const isKnown = graph.node('And', [least, graph.node('Less', [value, graph.floats([other], [])])])
    const known = graph.node('Where', [isKnown, value, graph.floats([other], [])])
    const code = graph.node('Where', [graph.node('IsNaN', [value]), graph.floats([missing], []), known])
    return graph.node('Gather', [graph.floats(tables[k]!, [codes, size]), graph.cast(code, 'int64')], { axis: 0 })
  })
}

/** Returns probabilities, or estimates in the unit of the labels. */
function outputsOf(graph: OnnxGraph, { head, outputs, centre, scale }: Network, sums: string): string {
  if (head === 'classes') return graph.node('Softmax', [sums], { axis: 1 })
  if (head !== 'regression') return graph.node('Sigmoid', [sums])
  return graph.node('Add', [graph.node('Mul', [sums, graph.floats(scale, [outputs])]), graph.floats(centre, [outputs])])
}
