import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { VARIANCE_FLOOR, type Moments } from '../../models/deep/batch-moments.ts'
import type { NetworkBlocks } from '../../models/deep/network-weights.ts'
import { product } from './product.ts'
import type { Tensorflow } from './tensorflow.ts'

/** The forward pass of a hidden layer, with its backward pass. */
export interface HiddenLayer {
  readonly values: Tensor2D
  /** Batch moments of the layer's sums; null without batch normalisation. */
  readonly moments: Moments | null
  /**
   * From the loss's derivatives with respect to the layer's values, returns those with respect to its blocks, in their
   * order, and its inputs.
   */
  backward(byValues: Tensor2D): { readonly byBlocks: readonly Tensor[]; readonly byInputs: Tensor2D }
}

/** Computes a hidden layer: sums, batch-normalised if there are gains, ReLU, and dropout if there is a mask. */
export function hiddenLayer(
  tf: Tensorflow,
  { weights, biases, gains }: NetworkBlocks<Tensor2D>['hidden'][number],
  inputs: Tensor2D,
  mask: Tensor2D | null,
): HiddenLayer {
  const sums: Tensor2D = tf.matMul(inputs, weights)
  const normal = gains === null ? null : normalised(tf, sums)
  const active = tf.relu(tf.add(normal === null ? sums : tf.mul(normal.values, gains!), biases)) as Tensor2D
  return {
    values: mask === null ? active : tf.mul(active, mask),
    moments: normal?.moments ?? null,
    backward(byValues) {
      const on = mask === null ? tf.step(active) : tf.mul(tf.step(active), mask)
      const byScaled: Tensor2D = tf.mul(byValues, on)
      const byBiases = tf.sum(byScaled, 0)
      const byGains = normal === null ? null : tf.sum(tf.mul(byScaled, normal.values), 0)
      const bySums =
        byGains === null
          ? byScaled
          : batchNormBackward(tf, byScaled, byBiases, byGains, tf.mul(gains!, normal!.scale), normal!.values)
      return {
        byBlocks: [product(tf, inputs, bySums, true, false), byBiases, ...(byGains === null ? [] : [byGains])],
        byInputs: product(tf, bySums, weights, false, true),
      }
    },
  }
}

/** Normalises each unit to mean 0 and variance 1 over the batch. */
function normalised(
  tf: Tensorflow,
  sums: Tensor2D,
): { readonly values: Tensor2D; readonly scale: Tensor; readonly moments: Moments } {
  const mean = tf.mean(sums, 0, true)
  const away = tf.sub(sums, mean)
  const variance = tf.mean(tf.square(away), 0, true)
  const scale = tf.rsqrt(tf.add(variance, VARIANCE_FLOOR))
  return {
    values: tf.mul(away, scale),
    scale,
    moments: { mean: mean.dataSync() as Float32Array, variance: variance.dataSync() as Float32Array },
  }
}

/**
 * Backpropagates through batch normalisation (Ioffe and Szegedy 2015, section 3). Each row affects the mean and
 * variance of all, so a unit's gradient loses its own mean and its component along the normalised values.
 */
function batchNormBackward(
  tf: Tensorflow,
  byScaled: Tensor2D,
  byBiases: Tensor,
  byGains: Tensor,
  scale: Tensor,
  values: Tensor2D,
): Tensor2D {
  const rows = byScaled.shape[0]
  const common = tf.div(tf.add(byBiases, tf.mul(values, byGains)), rows)
  return tf.mul(tf.sub(byScaled, common), scale)
}
