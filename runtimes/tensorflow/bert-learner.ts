import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { HEAD, readBertBlocks, type BertBlocksOptions } from './bert-blocks.ts'
import type { BertInputs } from './bert-network.ts'
import { createBertSteps } from './bert-steps.ts'
import { createTunedNetwork } from './bert-tuned-network.ts'
import { registerGradients } from './gradients.ts'
import { loadTensorflow, type Tensorflow, type TensorflowBackend } from './tensorflow.ts'

export interface BertBatch extends BertInputs {
  readonly labels: Int32Array
  /** Sample weights. */
  readonly weights: Float32Array
}

export interface BertLearnerOptions extends BertBlocksOptions {
  readonly weightDecay: number
  readonly dropout: number
  readonly seed: number
}

export interface BertLearner {
  readonly backend: TensorflowBackend
  /** Accumulates the gradients of a batch until `apply`; returns its mean loss. */
  accumulate(batch: BertBatch): number
  /** Takes a step of Adam with the accumulated gradients, at these rates. */
  apply(learningRate: number, headLearningRate: number): void
  /** Returns the logits, [count × classes]. */
  logits(inputs: BertInputs): Float32Array
  /** Returns the tuned weights, including the head, by block name. */
  weights(): Map<string, Float32Array>
}

/** Creates a learner in the current thread. The same file, batches and seed give the same steps on the same backend. */
export async function createBertLearner(options: BertLearnerOptions, wanted?: TensorflowBackend): Promise<BertLearner> {
  const { tune, classes } = options
  const { tf, backend } = await loadTensorflow(wanted)
  registerGradients(tf)
  const blocks = readBertBlocks(options)
  const steps = createBertSteps(blocks, tune, options.weightDecay)
  const network = createTunedNetwork(tf, blocks, options)

  return {
    backend,
    accumulate(batch) {
      const inputs = network.prepared(batch)
      let loss = 0
      tf.tidy(() => {
        const logits = network.logitsFrom(inputs, true)
        const lossOf = weightedLoss(tf, batch, classes)
        const { value, grads } = tf.valueAndGrads((...of: Tensor[]) => lossOf(logits(...of)))(network.tensors(inputs))
        loss = value.dataSync()[0]!
        const gradientAt = (place: number) => grads[place]!.dataSync() as Float32Array
        if (inputs.words === undefined) steps.gather(gradientAt, undefined)
        else steps.gather((place) => gradientAt(place + 1), { ids: batch.ids, gradients: gradientAt(0) })
      })
      if (!Number.isFinite(loss)) throw new Error(`The loss of the backbone is ${loss}: try a smaller learning rate.`)
      return loss
    },
    apply: steps.apply,
    logits(given) {
      const inputs = network.prepared(given)
      return tf
        .tidy(
          () =>
            network
              .logitsFrom(
                inputs,
                false,
              )(...network.tensors(inputs))
              .dataSync() as Float32Array,
        )
        .slice()
    },
    weights() {
      const names = [...blocks.layersTuned, ...HEAD, ...(tune === 'all' ? ['words'] : [])]
      return new Map(names.map((name) => [name, blocks.values.get(name)!.slice()]))
    },
  }
}

/** Returns a function from logits to the weighted mean cross-entropy. */
function weightedLoss(tf: Tensorflow, { labels, weights }: BertBatch, classes: number): (logits: Tensor2D) => Scalar {
  const wanted = tf.oneHot(tf.tensor1d(labels, 'int32'), classes)
  const weighing = tf.tensor1d(weights)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return (logits) => {
    const probabilities = tf.add(tf.softmax(logits), 1e-9)
    const logLikelihoods = tf.sum(tf.mul(tf.log(probabilities), wanted), -1)
    return tf.mul(tf.sum(tf.mul(logLikelihoods, weighing)), -1 / total)
  }
}
