import { createAdam, type Adam } from '../../models/deep/adam.ts'
import { initialMoments, updateMoments, type Moments } from '../../models/deep/batch-moments.ts'
import { initialBiases, type Targets } from '../../models/deep/network-data.ts'
import type { InputLayout, InputRows } from '../../models/deep/network-inputs.ts'
import type { NetworkOptions } from '../../models/deep/network-options.ts'
import type { Head } from '../../models/deep/network-parameters.ts'
import { blockShapes, initialWeights, weightShapes, type WeightShapes } from '../../models/deep/network-weights.ts'
import type { Random } from '../../models/random.ts'
import { batchCount, learningBatches } from './learning-batches.ts'
import { networkGradients } from './network-gradients.ts'
import type { Tensorflow } from './tensorflow.ts'

/** The training problem of a network. */
export interface NetworkTask {
  readonly head: Head
  readonly layout: InputLayout
  readonly outputs: number
  readonly rows: InputRows
  readonly targets: Targets
}

/** The weights and the optimiser state, which change from batch to batch. */
export interface NetworkLearning {
  readonly shapes: WeightShapes
  readonly weights: Float32Array[]
  /** Running moments of the units, for normalisation at inference. */
  readonly running: Moments[]
  readonly adam: Adam
  readonly next: Random
  rate: number
  batchesDone: number
}

export function startLearning(
  { head, layout, outputs, targets }: NetworkTask,
  options: NetworkOptions,
  next: Random,
): NetworkLearning {
  const shapes = weightShapes(layout, outputs, options)
  const blocks = blockShapes(shapes)
  return {
    shapes,
    weights: initialWeights(shapes, initialBiases(targets, outputs, head), next),
    running: initialMoments(options.batchNormalisation ? options.hidden : []),
    adam: createAdam(
      blocks.map(([inputs, columns]) => inputs * columns),
      // Weight decay applies only to weight matrices, not to embeddings, biases and gains.
      blocks.map(([inputs], k) => k >= shapes.embeddings.length && inputs > 1),
      options.weightDecay,
    ),
    next,
    rate: options.learningRate,
    batchesDone: 0,
  }
}

/** Takes a step for each batch; returns the mean loss. */
export function learnEpoch(
  tf: Tensorflow,
  { head, rows, targets }: NetworkTask,
  { batchRows, hidden, dropout }: NetworkOptions,
  learning: NetworkLearning,
): number {
  const { shapes, weights, running, adam, next } = learning
  const batches = batchCount(rows.count, batchRows)
  let loss = 0
  for (const batch of learningBatches(rows, targets, { batches, hidden, dropout }, next)) {
    const step = networkGradients(tf, head, shapes, weights, batch)
    adam.step(weights, step.gradients, learning.rate)
    updateMoments(running, step.moments, learning.batchesDone++)
    loss += (step.loss * batch.count) / rows.count
  }
  return loss
}
