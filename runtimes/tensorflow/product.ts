import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tensorflow } from './tensorflow.ts'

/**
 * Returns the matrix product a·b, with either matrix transposed on request. The wasm backend has a path for
 * untransposed matrices that is several times as fast, so matrices are transposed first.
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
