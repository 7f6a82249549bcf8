import '../../../runtimes/tensorflow/unsorted-segment-sum.ts'
import { loadTensorflow } from '../../../runtimes/tensorflow/tensorflow.ts'

test('rows are summed by their segment numbers', async () => {
  const { tf } = await loadTensorflow('wasm')
  const sums = tf.tidy(() => {
    const rows = tf.tensor2d([1, 2, 10, 20, 100, 200], [3, 2])
    return tf.unsortedSegmentSum(rows, tf.tensor1d([2, 0, 2], 'int32'), 4).arraySync()
  })
  expect(sums).toEqual([
    [10, 20],
    [0, 0],
    [101, 202],
    [0, 0],
  ])
})
