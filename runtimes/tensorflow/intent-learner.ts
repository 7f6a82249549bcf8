import type { Tensor } from '@tensorflow/tfjs-core'
import { createAdam } from '../../models/deep/adam.ts'
import { intentBlocks, type IntentShape } from '../../models/intent/intent-shape.ts'
import { random } from '../../models/random.ts'
import { createRowAdam } from './row-adam.ts'
import { registerGradients } from './gradients.ts'
import { intentNetwork, type IntentInputs } from './intent-network.ts'
import { loadTensorflow, type TensorflowBackend } from './tensorflow.ts'
import { pickedRows } from '../../models/picked-rows.ts'

/** Texts with their intents. */
export interface IntentBatch extends IntentInputs {
  /** Class indices of the intents. */
  readonly labels: Int32Array
  /** Sample weights. */
  readonly weights: Float32Array
}

export interface IntentLearnerOptions {
  readonly learningRate: number
  readonly weightDecay: number
  /** Dropout rate. */
  readonly dropout: number
  readonly seed: number
}

/** Trains an intent transformer step by step. */
export interface IntentLearner {
  readonly backend: TensorflowBackend
  /** Takes a step of Adam on a batch; returns the loss before it. */
  step(batch: IntentBatch, learningRate?: number): number
  /** Returns the logits, [count × intents]. */
  logits(inputs: IntentInputs): Float32Array
  weights(): Float32Array[]
}

/**
 * Creates a learner in the current thread. The same weights, batches and seed give the same steps on the same backend.
 */
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
  const table = blocks.findIndex(({ name }) => name === 'pieces')
  // A step sees only the few rows of the piece embeddings that its texts use.
  const tensors = (pieces: UsedPieces) =>
    blocks.map(({ rows, columns }, place): Tensor =>
      place === table
        ? tf.tensor2d(pickedRows(own[place]!, columns, pieces.used), [pieces.used.length, columns])
        : tf.tensor2d(own[place]!, [rows, columns]),
    )
  const named = (of: readonly Tensor[]) => new Map(blocks.map(({ name }, place) => [name, of[place]!]))
  const others = blocks.filter((_, place) => place !== table)
  const adam = createAdam(
    others.map(({ rows, columns }) => rows * columns),
    others.map(({ rows, name }) => rows > 1 && name !== 'places'),
    options.weightDecay,
  )
  const ofPieces = createRowAdam(own[table]!, shape.width)
  const next = random(options.seed)
  const kept = 1 / (1 - options.dropout)
  const dropped = (of: readonly number[]): Tensor => {
    const factors = new Float32Array(of.reduce((product, length) => product * length, 1))
    for (let i = 0; i < factors.length; i++) factors[i] = next() < options.dropout ? 0 : kept
    return tf.tensor(factors, [...of])
  }

  return {
    backend,
    step(batch, learningRate = options.learningRate) {
      let loss = 0
      let gradients: Float32Array[] = []
      const pieces = usedPieces(batch.ids)
      const inputs = { ...batch, ids: pieces.places }
      tf.tidy(() => {
        const wantedLogits = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), shape.intents)
        const weighing = tf.tensor1d(batch.weights)
        const total = batch.weights.reduce((sum, weight) => sum + weight, 0)
        const lossOf = (...of: Tensor[]) => {
          const logits = intentNetwork(tf, shape, named(of), inputs, options.dropout === 0 ? null : dropped)
          const probabilities = tf.add(tf.softmax(logits), 1e-9)
          const logLikelihoods = tf.sum(tf.mul(tf.log(probabilities), wantedLogits), -1)
          return tf.mul(tf.sum(tf.mul(logLikelihoods, weighing)), -1 / total)
        }
        const { value, grads } = tf.valueAndGrads(lossOf)(tensors(pieces))
        loss = value.dataSync()[0]!
        gradients = grads.map((gradient) => gradient.dataSync() as Float32Array)
      })
      if (!Number.isFinite(loss)) throw new Error(`The loss of the intents is ${loss}: try a smaller learning rate.`)
      ofPieces.accumulate(pieces.used, gradients[table]!)
      ofPieces.apply(learningRate, 1)
      const isOther = (_: unknown, place: number) => place !== table
      adam.step(own.filter(isOther), gradients.filter(isOther), learningRate)
      return loss
    },
    logits(inputs) {
      const pieces = usedPieces(inputs.ids)
      const own = { ...inputs, ids: pieces.places }
      return tf
        .tidy(() => intentNetwork(tf, shape, named(tensors(pieces)), own, null).dataSync() as Float32Array)
        .slice()
    },
    weights: () => own.map((block) => block.slice()),
  }
}

/** The distinct pieces of the texts, and the texts as indices into them. */
interface UsedPieces {
  readonly used: Int32Array
  readonly places: Int32Array
}

function usedPieces(ids: Int32Array): UsedPieces {
  const known = new Map<number, number>()
  const places = ids.map((id) => {
    const place = known.get(id) ?? known.size
    known.set(id, place)
    return place
  })
  return { used: Int32Array.from(known.keys()), places }
}
