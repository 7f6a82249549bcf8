import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { NORM_FLOOR, readsContext, weighsQueries, type IntentShape } from '../../models/intent/intent-shape.ts'
import type { Tensorflow } from './tensorflow.ts'

/** Tokenised texts, padded to the same length. */
export interface IntentInputs {
  readonly count: number
  /** Padded length of each text in pieces; `ids` is [count × places]. */
  readonly places: number
  readonly ids: Int32Array
  /** Length of each text without padding, in pieces. */
  readonly lengths: Int32Array
  /** [count × shape.context] */
  readonly context: Float32Array
}

/** Returns a dropout mask of the given shape, drawn by the caller; `null` without dropout. */
export type Dropout = ((shape: readonly number[]) => Tensor) | null

/** Attention score of the padding: low enough that no attention goes there. */
const MASKED_SCORE = -1e9

/** Returns the logits [count, intents], as `intentLogits` does. `weights` by block name. */
export function intentNetwork(
  tf: Tensorflow,
  shape: IntentShape,
  weights: ReadonlyMap<string, Tensor>,
  { count, places, ids, lengths, context }: IntentInputs,
  dropout: Dropout,
): Tensor2D {
  const { width, heads, layers } = shape
  const perHead = width / heads
  const block = (name: string) => weights.get(name)!
  const linear = (values: Tensor3D, name: string, columns: number): Tensor3D => {
    const flat = tf.reshape(values, [count * places, values.shape[2]])
    return tf.reshape(tf.add(tf.matMul(flat, block(name)), block(`${name} bias`)), [count, places, columns])
  }
  const layerNorm = (values: Tensor3D, name: string): Tensor3D => {
    const mean = tf.mul(tf.sum(values, -1, true), 1 / width)
    const centred = tf.sub(values, mean)
    const variance = tf.mul(tf.sum(tf.square(centred), -1, true), 1 / width)
    const scaled = tf.mul(centred, tf.rsqrt(tf.add(variance, NORM_FLOOR)))
    return tf.add(tf.mul(scaled, block(`${name} gain`)), block(`${name} bias`))
  }
  const applyDropout = (values: Tensor3D): Tensor3D =>
    dropout === null ? values : tf.mul(values, dropout(values.shape))
  const byHead = (values: Tensor3D) => tf.transpose(tf.reshape(values, [count, places, heads, perHead]), [0, 2, 1, 3])

  const attentionMask = Float32Array.from(ids, (_, i) => (i % places < lengths[Math.floor(i / places)]! ? 1 : 0))
  const attentionBias = tf.tensor4d(
    attentionMask.map((one) => (one === 1 ? 0 : MASKED_SCORE)),
    [count, 1, 1, places],
  )
  const given = () => tf.tensor2d(context, [count, shape.context])
  const words = tf.gather(block('pieces') as Tensor2D, tf.tensor1d(ids, 'int32'))
  const order = tf.gather(
    block('places') as Tensor2D,
    tf.tensor1d(
      ids.map((_, i) => i % places),
      'int32',
    ),
  )
  let values = applyDropout(tf.reshape(tf.add(words, order), [count, places, width]))
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `${layer} ${part}`
    let queries = linear(values, name('query'), width)
    if (weighsQueries(shape)) {
      const units = tf.relu(tf.add(tf.matMul(given(), block(name('context'))), block(name('context bias'))))
      const sums = tf.add(tf.matMul(units, block(name('context weight'))), block(name('context weight bias')))
      queries = tf.mul(queries, tf.reshape(tf.mul(tf.sigmoid(sums), 2), [count, 1, width]))
    }
    const scores = tf.mul(
      tf.matMul(byHead(queries), byHead(linear(values, name('key'), width)), false, true),
      1 / Math.sqrt(perHead),
    )
    const attention = tf.softmax(tf.add(scores, attentionBias))
    const mixed = tf.matMul(attention, byHead(linear(values, name('value'), width)))
    const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [count, places, width]) as Tensor3D
    values = layerNorm(tf.add(values, applyDropout(linear(joined, name('output'), width))), name('attention norm'))
    const upper = tf.relu(linear(values, name('up'), shape.feedForward))
    values = layerNorm(tf.add(values, applyDropout(linear(upper, name('down'), width))), name('norm'))
  }
  const pooled = (weighing: Float32Array) =>
    tf.sum(tf.mul(values, tf.tensor3d(weighing, [count, places, 1])), 1) as Tensor2D
  const first = pooled(attentionMask.map((_, i) => (i % places === 0 ? 1 : 0)))
  const mean = pooled(attentionMask.map((one, i) => one / lengths[Math.floor(i / places)]!))
  const read = tf.add(tf.matMul(first, block('head first')), tf.matMul(mean, block('head mean')))
  const withContext = readsContext(shape) ? tf.add(read, tf.matMul(given(), block('head context'))) : read
  return tf.add(withContext, block('head bias'))
}
