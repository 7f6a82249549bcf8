import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { InputRows } from '../../models/deep/network-inputs.ts'
import type { Network } from '../../models/deep/network-parameters.ts'
import { firstInputs } from './first-inputs.ts'
import type { Tensorflow } from './tensorflow.ts'

/** Rows per computation, so that its tensors stay small. */
const ROWS_AT_ONCE = 4_096

/**
 * Returns the last layer's sums for prepared rows, row by row, as a trained network computes them. Leaves no tensors
 * behind.
 */
export function networkSums(
  tf: Tensorflow,
  network: Pick<Network, 'layout' | 'tables' | 'layers' | 'outputs'>,
  rows: InputRows,
): Float32Array {
  const { layout, tables, layers, outputs } = network
  const sums = new Float32Array(rows.count * outputs)
  for (let from = 0; from < rows.count; from += ROWS_AT_ONCE) {
    const part = rowsBetween(rows, from, Math.min(rows.count, from + ROWS_AT_ONCE), layout.columns.length)
    tf.tidy(() => {
      const vectors = tables.map((table, k) =>
        tf.tensor2d(table, [layout.embeddings[k]!.codes, layout.embeddings[k]!.size]),
      )
      let values: Tensor2D = firstInputs(tf, vectors, part)
      layers.forEach((layer, k) => {
        const own = tf.add(
          tf.matMul(values, tf.tensor2d(layer.weights, [layer.inputs, layer.outputs])),
          tf.tensor1d(layer.biases),
        )
        values = (k === layers.length - 1 ? own : tf.relu(own)) as Tensor2D
      })
      sums.set(values.dataSync(), from * outputs)
    })
  }
  return sums
}

function rowsBetween({ numbers, codes }: InputRows, from: number, to: number, width: number): InputRows {
  return {
    count: to - from,
    numbers: numbers.subarray(from * width, to * width),
    codes: codes.map((each) => each.subarray(from, to)),
  }
}
