import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { Moments } from '../../models/deep/batch-moments.ts'
import type { Targets } from '../../models/deep/network-data.ts'
import type { InputRows } from '../../models/deep/network-inputs.ts'
import { meanLoss } from '../../models/deep/network-loss.ts'
import type { Head } from '../../models/deep/network-parameters.ts'
import { blockShapes, namedBlocks, type WeightShapes } from '../../models/deep/network-weights.ts'
import { firstInputs } from './first-inputs.ts'
import { hiddenLayer } from './hidden-layer.ts'
import { product } from './product.ts'
import type { Tensorflow } from './tensorflow.ts'

export interface NetworkGradients {
  /** Mean loss over the rows and outputs of the batch. */
  readonly loss: number
  /** One gradient per block. */
  readonly gradients: readonly Float32Array[]
  /** Batch moments of each hidden layer's sums; empty without batch normalisation. */
  readonly moments: readonly Moments[]
}

/**
 * Rows to learn from in one step. `masks`: the dropout mask of each hidden layer, row by row; empty without dropout.
 */
export interface LearningBatch extends InputRows {
  readonly targets: Targets
  readonly masks: readonly Float32Array[]
}

/**
 * Computes the loss of a batch and its derivatives with respect to every weight. The backward pass is written out:
 * TensorFlow's own derivatives are not part of its core for Node, and would take several times as many operations.
 * Leaves no tensors behind.
 */
export function networkGradients(
  tf: Tensorflow,
  head: Head,
  shapes: WeightShapes,
  weights: readonly Float32Array[],
  batch: LearningBatch,
): NetworkGradients {
  const moments: Moments[] = []
  let loss = Number.NaN
  let gradients: Float32Array[] = []
  tf.tidy(() => {
    const tensors = blockShapes(shapes).map((shape, k) => tf.tensor2d(weights[k]!, shape as [number, number]))
    const { tables, hidden, last } = namedBlocks(shapes, tensors)
    let values: Tensor2D = firstInputs(tf, tables, batch)
    const layers = hidden.map((blocks, k) => {
      const { outputs } = shapes.hidden[k]!
      const layer = hiddenLayer(
        tf,
        blocks,
        values,
        batch.masks.length === 0 ? null : tf.tensor2d(batch.masks[k]!, [batch.count, outputs]),
      )
      if (layer.moments !== null) moments.push(layer.moments)
      values = layer.values
      return layer
    })
    const sums = tf.add(tf.matMul(values, last.weights), last.biases) as Tensor2D
    loss = meanLoss(head, sums.dataSync(), batch.targets, sums.shape[1])

    const bySums = slopesOf(tf, head, sums, batch.targets)
    const backwards: Tensor[] = [tf.sum(bySums, 0), product(tf, values, bySums, true, false)]
    let byValues: Tensor2D = product(tf, bySums, last.weights, false, true)
    for (const layer of layers.toReversed()) {
      const { byBlocks, byInputs } = layer.backward(byValues)
      backwards.push(...byBlocks.toReversed())
      byValues = byInputs
    }
    const byTables = slopesOfTables(tf, shapes, byValues, batch)
    gradients = [...byTables, ...backwards.toReversed()].map((gradient) => gradient.dataSync() as Float32Array)
  })
  return { loss, gradients, moments }
}

/** Returns the loss's derivatives with respect to the last layer's sums. */
function slopesOf(tf: Tensorflow, head: Head, sums: Tensor2D, { values, weights }: Targets): Tensor2D {
  const wanted = tf.tensor2d(values, sums.shape)
  const weighs = tf.tensor2d(weights, sums.shape)
  const away =
    head === 'regression'
      ? tf.mul(tf.sub(sums, wanted), 2)
      : tf.sub(head === 'classes' ? tf.softmax(sums) : tf.sigmoid(sums), wanted)
  // With exclusive classes, all outputs of a row form one loss.
  const weight = weights.reduce((sum, each) => sum + each, 0) / (head === 'classes' ? sums.shape[1] : 1)
  return tf.mul(away, tf.mul(weighs, weight === 0 ? 0 : 1 / weight))
}

/** Returns the gradients of the embeddings: that of a category's vector is the sum over all rows of the category. */
function slopesOfTables(
  tf: Tensorflow,
  { embeddings }: WeightShapes,
  byInputs: Tensor2D,
  { count, codes }: InputRows,
): Tensor[] {
  let start = byInputs.shape[1] - embeddings.reduce((sum, [, size]) => sum + size, 0)
  return embeddings.map(([rows, size], k) => {
    const own = tf.slice(byInputs, [0, start], [count, size])
    start += size
    return tf.unsortedSegmentSum(own, tf.tensor1d(codes[k]!, 'int32'), rows)
  })
}
