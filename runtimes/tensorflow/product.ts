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
  transposeA: boolean,
  transposeB: boolean,
): Result {
  if (a.rank !== 2 || b.rank !== 2 || tf.getBackend() !== 'wasm') return tf.matMul(a, b, transposeA, transposeB)
  return tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b)
}
