import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { BertShape } from '../../models/text/bert-graph.ts'
import type { Tensorflow } from './tensorflow.ts'

/** Tokenised texts, padded to the same length. */
export interface BertInputs {
  readonly count: number
  readonly places: number
  /** [count × places] */
  readonly ids: Int32Array
  readonly lengths: Int32Array
}

export type BertDropout = ((values: Tensor3D) => Tensor3D) | null

const NORM_FLOOR = 1e-12
const MASKED_SCORE = -1e9

/**
 * Returns the parts of a BERT, equal to its ONNX form up to float32 rounding. `weights` returns a block by its name in
 * `readBertGraph`.
 */
export function bertNetwork(
  tf: Tensorflow,
  shape: Pick<BertShape, 'width' | 'heads'>,
  weights: (name: string) => Tensor,
  inputs: BertInputs,
  dropout: BertDropout,
) {
  const { width, heads } = shape
  const { count, places, lengths } = inputs
  const perHead = width / heads
  const attentionMask = Float32Array.from({ length: count * places }, (_, i) =>
    i % places < lengths[Math.floor(i / places)]! ? 1 : 0,
  )
  const attentionBias = tf.tensor4d(
    attentionMask.map((one) => (one === 1 ? 0 : MASKED_SCORE)),
    [count, 1, 1, places],
  )
  const { linear, layerNorm, byHead, gelu } = bertOperations(tf, shape, weights, inputs)
  const applyDropout = (values: Tensor3D) => (dropout === null ? values : dropout(values))

  return {
    /** Returns the embeddings, from the word vector of each piece, [count × places, width]. */
    embedded(words: Tensor2D): Tensor3D {
      const order = tf.gather(
        weights('places') as Tensor2D,
        tf.tensor1d(
          Int32Array.from({ length: count * places }, (_, i) => i % places),
          'int32',
        ),
      )
      const kind = tf.gather(weights('types') as Tensor2D, tf.zeros([count * places], 'int32') as never)
      const summed = tf.add(tf.add(words, order), kind)
      return applyDropout(layerNorm(tf.reshape(summed, [count, places, width]), 'embedding norm'))
    },
    layer(values: Tensor3D, layer: number, feedForward: number): Tensor3D {
      const name = (part: string) => `${layer} ${part}`
      const scores = tf.mul(
        tf.matMul(
          byHead(linear(values, name('query'), width)),
          byHead(linear(values, name('key'), width)),
          false,
          true,
        ),
        1 / Math.sqrt(perHead),
      )
      const mixed = tf.matMul(tf.softmax(tf.add(scores, attentionBias)), byHead(linear(values, name('value'), width)))
      const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [count, places, width]) as Tensor3D
      const attended = layerNorm(
        tf.add(values, applyDropout(linear(joined, name('output'), width))),
        name('attention norm'),
      )
      const upper = gelu(linear(attended, name('up'), feedForward))
      return layerNorm(tf.add(attended, applyDropout(linear(upper, name('down'), width))), name('norm'))
    },
    /** Returns the logits of the head, from the first token and the mean of all pieces. */
    logits(values: Tensor3D): Tensor2D {
      const pooled = (weighing: Float32Array) =>
        tf.sum(tf.mul(values, tf.tensor3d(weighing, [count, places, 1])), 1) as Tensor2D
      const first = pooled(attentionMask.map((_, i) => (i % places === 0 ? 1 : 0)))
      const mean = pooled(attentionMask.map((one, i) => one / lengths[Math.floor(i / places)]!))
      return tf.add(
        tf.add(tf.matMul(first, weights('head first')), tf.matMul(mean, weights('head mean'))),
        weights('head bias'),
      )
    },
  }
}

/** Returns the operations on a batch; tensors are [count, places, …]. */
function bertOperations(
  tf: Tensorflow,
  { width, heads }: Pick<BertShape, 'width' | 'heads'>,
  weights: (name: string) => Tensor,
  { count, places }: Pick<BertInputs, 'count' | 'places'>,
) {
  return {
    /** Linear layer. */
    linear(values: Tensor3D, name: string, columns: number): Tensor3D {
      const flat = tf.reshape(values, [count * places, values.shape[2]])
      return tf.reshape(tf.add(tf.matMul(flat, weights(name)), weights(`${name} bias`)), [count, places, columns])
    },
    /** Layer normalisation: mean 0 and variance 1, then gain and bias. */
    layerNorm(values: Tensor3D, name: string): Tensor3D {
      const centred = tf.sub(values, tf.mul(tf.sum(values, -1, true), 1 / width))
      const variance = tf.mul(tf.sum(tf.square(centred), -1, true), 1 / width)
      const scaled = tf.mul(centred, tf.rsqrt(tf.add(variance, NORM_FLOOR)))
      return tf.add(tf.mul(scaled, weights(`${name} gain`)), weights(`${name} bias`))
    },
    byHead: (values: Tensor3D) => tf.transpose(tf.reshape(values, [count, places, heads, width / heads]), [0, 2, 1, 3]),
    /** The Gaussian error linear unit (GELU). */
    gelu: (values: Tensor3D): Tensor3D => tf.mul(tf.mul(values, 0.5), tf.add(tf.erf(tf.mul(values, Math.SQRT1_2)), 1)),
  }
}
