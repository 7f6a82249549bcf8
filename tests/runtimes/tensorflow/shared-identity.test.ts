import '../../../runtimes/tensorflow/shared-identity.ts'
import { loadTensorflow } from '../../../runtimes/tensorflow/tensorflow.ts'

test('a copy shares the numbers, and keeps them when the original is gone', async () => {
  const { tf } = await loadTensorflow('wasm')
  const before = tf.memory().numDataBuffers
  const one = tf.tensor1d([1, 2, 3])
  const copy = tf.clone(one)
  expect(tf.memory().numDataBuffers - before).toBe(1)
  one.dispose()
  expect([...copy.dataSync()]).toEqual([1, 2, 3])
  copy.dispose()
  expect(tf.memory().numDataBuffers).toBe(before)
})
