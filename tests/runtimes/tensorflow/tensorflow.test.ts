import { loadTensorflow } from '../../../runtimes/tensorflow/tensorflow.ts'

test('names the backend: native if it is installed, else wasm', async () => {
  const { tf, backend } = await loadTensorflow()
  expect(tf.getBackend()).toBe(backend === 'native' ? 'tensorflow' : 'wasm')
  expect((await loadTensorflow('wasm')).tf.getBackend()).toBe('wasm')
  if (backend === 'wasm') await expect(loadTensorflow('native')).rejects.toThrow('npm run setup:tensorflow')
})

test('loading it again is no trouble', async () => {
  const loaded = await Promise.all([loadTensorflow('wasm'), loadTensorflow('wasm'), loadTensorflow('wasm')])
  expect(loaded.map(({ backend }) => backend)).toEqual(['wasm', 'wasm', 'wasm'])
})
