/** Runs one operation as the platform does, so that a fault shows here and not during training. */
import { join } from 'node:path'
import { root, run } from '../prepare/run.js'

const node = join(root, 'node_modules', '.bin', 'node')

const script = `
const { loadTensorflow } = await import('./runtimes/tensorflow/tensorflow.ts')
const { tf } = await loadTensorflow('native')
if (tf.add(1, 1).dataSync()[0] !== 2) throw new Error('libtensorflow does not add')
`

export const trial = {
  title: 'trying native TensorFlow',
  needs: [],
  isDone: () => false,
  run: async () => {
    await run(node, ['--input-type=module', '--eval', script])
  },
}
