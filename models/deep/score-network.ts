import { softmaxRows } from '../check-classes.ts'
import { checkWidth } from '../check-dataset.ts'
import type { Batch } from '../model.ts'
import { sigmoid } from '../linear/penalised-logistic.ts'
import { allRows } from '../linear/standardise.ts'
import { inputRows, type InputLayout, type InputRows } from './network-inputs.ts'
import { unpackNetwork, type Head, type Layer, type Network, type NetworkParameters } from './network-parameters.ts'

/** Returns a scorer that writes the outputs row by row: probabilities, or estimates in the unit of the labels. */
export function scoreNetwork(parameters: NetworkParameters): (batch: Batch, into: Float64Array) => void {
  const network = unpackNetwork(parameters)
  const margins = createMargins(network)
  return (batch, into) => {
    checkWidth(batch, network.width)
    margins(inputRows(network.layout, batch, allRows(batch.count)), into)
    outputsOfMargins(network, into, batch.count)
  }
}

/** Replaces the last layer's sums by the outputs. */
function outputsOfMargins(
  { head, outputs, centre, scale }: { readonly head: Head } & Pick<Network, 'outputs' | 'centre' | 'scale'>,
  sums: Float64Array,
  count: number,
): void {
  if (head === 'classes') return softmaxRows(sums, outputs, count)
  for (let i = 0; i < count * outputs; i++)
    sums[i] = head === 'regression' ? centre[i % outputs]! + scale[i % outputs]! * sums[i]! : sigmoid(sums[i]!)
}

/** Returns a function that writes the last layer's sums for prepared rows. */
export function createMargins({
  layout,
  tables,
  layers,
  outputs,
}: Pick<Network, 'layout' | 'tables' | 'layers' | 'outputs'>): (rows: InputRows, into: Float64Array) => void {
  const first = new Float64Array(layout.width)
  const sums = layers.map((layer) => new Float64Array(layer.outputs))
  return (rows, into) => {
    for (let row = 0; row < rows.count; row++) {
      writeInputs(layout, tables, rows, row, first)
      layers.forEach((layer, k) => {
        applyLayer(layer, k === 0 ? first : sums[k - 1]!, sums[k]!)
        if (k < layers.length - 1) rectify(sums[k]!)
      })
      into.set(sums.at(-1)!, row * outputs)
    }
  }
}

/** Writes the first layer's inputs for a row. */
export function writeInputs(
  { columns, embeddings }: InputLayout,
  tables: readonly Float32Array[],
  rows: InputRows,
  row: number,
  into: Float64Array,
): void {
  const width = columns.length
  for (let column = 0; column < width; column++) into[column] = rows.numbers[row * width + column]!
  let start = width
  for (let k = 0; k < embeddings.length; k++) {
    const { size } = embeddings[k]!
    const code = rows.codes[k]![row]!
    for (let i = 0; i < size; i++) into[start + i] = tables[k]![code * size + i]!
    start += size
  }
}

/** Writes bias + Σ weight × input of each output. */
export function applyLayer({ inputs, outputs, weights, biases }: Layer, from: Float64Array, into: Float64Array): void {
  for (let output = 0; output < outputs; output++) into[output] = biases[output]!
  for (let input = 0; input < inputs; input++) {
    const value = from[input]!
    // About half of all ReLU outputs are 0.
    if (value === 0) continue
    const start = input * outputs
    for (let output = 0; output < outputs; output++) into[output]! += value * weights[start + output]!
  }
}

function rectify(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0
}
