import type { Tensor } from '@tensorflow/tfjs-core'
import { createAdam } from '../../models/deep/adam.ts'
import { intentBlocks, type IntentShape } from '../../models/intent/intent-shape.ts'
import { random } from '../../models/random.ts'
import { registerGradients } from './gradients.ts'
import { intentNetwork, type IntentInputs } from './intent-network.ts'
import { loadTensorflow, type TensorflowBackend } from './tensorflow.ts'

/** Texts with their intents. */
export interface IntentBatch extends IntentInputs {
  /** Places of the intents. */
  readonly labels: Int32Array
  /** How much each counts. */
  readonly weights: Float32Array
}

export interface IntentLearnerOptions {
  readonly learningRate: number
  readonly weightDecay: number
  /** Share of what goes through the network that is left out of a step. */
  readonly dropout: number
  readonly seed: number
}

/** What learns an intent transformer by steps. */
export interface IntentLearner {
  readonly backend: TensorflowBackend
  /** A step of Adam on a batch; the loss before it. */
  step(batch: IntentBatch, learningRate?: number): number
  /** [count × intents] */
  logits(inputs: IntentInputs): Float32Array
  weights(): Float32Array[]
}

/** In this thread. The same weights, batches and seed give the same steps on the same backend. */
export async function createIntentLearner(
  shape: IntentShape,
  from: readonly Float32Array[],
  options: IntentLearnerOptions,
  wanted?: TensorflowBackend,
): Promise<IntentLearner> {
  const { tf, backend } = await loadTensorflow(wanted)
  registerGradients(tf)
  const blocks = intentBlocks(shape)
  const own = from.map((block) => block.slice())
  const tensors = () => blocks.map(({ rows, columns }, place): Tensor => tf.tensor2d(own[place]!, [rows, columns]))
  const named = (of: readonly Tensor[]) => new Map(blocks.map(({ name }, place) => [name, of[place]!]))
  const adam = createAdam(
    blocks.map(({ rows, columns }) => rows * columns),
    blocks.map(({ rows, name }) => rows > 1 && name !== 'pieces' && name !== 'places'),
    options.weightDecay,
  )
  const next = random(options.seed)
  const kept = 1 / (1 - options.dropout)
  const dropped = (of: readonly number[]): Tensor => {
    const size = of.reduce((product, length) => product * length, 1)
    return tf.tensor(
      Float32Array.from({ length: size }, () => (next() < options.dropout ? 0 : kept)),
      [...of],
    )
  }

  return {
    backend,
    step(batch, learningRate = options.learningRate) {
      let loss = 0
      let gradients: Float32Array[] = []
      tf.tidy(() => {
        const wantedLogits = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), shape.intents)
        const weighing = tf.tensor1d(batch.weights)
        const total = batch.weights.reduce((sum, weight) => sum + weight, 0)
        const lossOf = (...of: Tensor[]) => {
          const logits = intentNetwork(tf, shape, named(of), batch, options.dropout === 0 ? null : dropped)
          const probabilities = tf.add(tf.softmax(logits), 1e-9)
          const told = tf.sum(tf.mul(tf.log(probabilities), wantedLogits), -1)
          return tf.mul(tf.sum(tf.mul(told, weighing)), -1 / total)
        }
        const { value, grads } = tf.valueAndGrads(lossOf)(tensors())
        loss = value.dataSync()[0]!
        gradients = grads.map((gradient) => gradient.dataSync() as Float32Array)
      })
      if (!Number.isFinite(loss)) throw new Error(`The loss of the intents is ${loss}: try a smaller learning rate.`)
      adam.step(own, gradients, learningRate)
      return loss
    },
    logits: (inputs) =>
      tf.tidy(() => intentNetwork(tf, shape, named(tensors()), inputs, null).dataSync() as Float32Array).slice(),
    weights: () => own.map((block) => block.slice()),
  }
}
