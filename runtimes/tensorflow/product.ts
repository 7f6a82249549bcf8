import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tensorflow } from './tensorflow.ts'

/**
 * Matrix product a·b of matrices as they are, or turned. The wasm backend has a quick way for what is not turned alone,
 * several times as fast: matrices are turned before.
 */
export function product<Result extends Tensor>(
  tf: Tensorflow,
  a: Result,
  b: Result,
  turnA: boolean,
  turnB: boolean,
): Result {
  if (a.rank !== 2 || b.rank !== 2 || tf.getBackend() !== 'wasm') return tf.matMul(a, b, turnA, turnB)
  return tf.matMul(turnA ? tf.transpose(a) : a, turnB ? tf.transpose(b) : b)
}
