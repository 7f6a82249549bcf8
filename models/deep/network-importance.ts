import type { Batch } from '../model.ts'
import { explainNetwork } from './explain-network.ts'
import type { NetworkParameters } from './network-parameters.ts'

/** Maximum number of rows sampled for importances, and the minimum for a large network. */
const ROWS_MAX = 200
const ROWS_MIN = 5

/** Budget of multiplications, less than a second. */
const WORK_MAX = 3e8

/** Returns the mean absolute contribution of each feature over evenly spaced rows and all outputs, as shares of 1. */
export function networkImportance(parameters: NetworkParameters, { rows, width, count }: Batch): number[] {
  const into = new Float64Array(width)
  const moved = new Float64Array(width)
  const taken = Math.min(count, rowsFor(parameters))
  for (let output = 0; output < parameters.outputs; output++) {
    const explain = explainNetwork(parameters, output)
    for (let i = 0; i < taken; i++) {
      const row = Math.floor((i * count) / taken)
      explain(rows.subarray(row * width, (row + 1) * width), into)
      for (let feature = 0; feature < width; feature++)
        moved[feature]! += Math.abs(into[feature]!) / parameters.scale[output]!
    }
  }
  const all = moved.reduce((sum, each) => sum + each, 0)
  return Array.from(moved, (each) => (all > 0 ? each / all : 0))
}

/**
 * Returns how many rows the budget allows. On a row's path about a quarter of the units switch on or off, and each
 * piece between two switches takes three passes through the network.
 */
function rowsFor({ layers, outputs }: NetworkParameters): number {
  const multiplications = layers.reduce((sum, layer) => sum + layer.inputs * layer.outputs, 0)
  const bends = 1 + layers.reduce((sum, layer) => sum + layer.outputs, 0) / 4
  return Math.floor(Math.max(ROWS_MIN, Math.min(ROWS_MAX, WORK_MAX / (3 * bends * multiplications * outputs))))
}
