import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { InputRows } from '../../models/deep/network-inputs.ts'
import type { Tensorflow } from './tensorflow.ts'

/** Returns the inputs of the first layer: the numbers, then the embedding of each category. */
export function firstInputs(
  tf: Tensorflow,
  tables: readonly Tensor2D[],
  { count, numbers, codes }: InputRows,
): Tensor2D {
  const vectors = tables.map((table, k) => tf.gather(table, tf.tensor1d(codes[k]!, 'int32')))
  const parts = numbers.length === 0 ? vectors : [tf.tensor2d(numbers, [count, numbers.length / count]), ...vectors]
  return parts.length === 1 ? parts[0]! : tf.concat(parts, 1)
}
