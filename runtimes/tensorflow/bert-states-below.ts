import { freemem } from 'node:os'
import type { Tensor } from '@tensorflow/tfjs-core'
import { wordsOf, type BertBlocks } from './bert-blocks.ts'
import { bertNetwork, type BertInputs } from './bert-network.ts'
import type { Tensorflow } from './tensorflow.ts'

/**
 * Share of the free memory used to cache hidden states. The layers below the last never change if only the last is
 * tuned.
 */
const KEPT_SHARE = 1 / 3

/**
 * Returns a function that computes the hidden states below the last layer, [count × places × width], and caches them by
 * text.
 */
export function createStatesBelow(
  tf: Tensorflow,
  blocks: BertBlocks,
  fixed: ReadonlyMap<string, Tensor>,
): (inputs: BertInputs) => Float32Array {
  const { width, layers, feedForward } = blocks.shape
  const known = new Map<string, Float32Array>()
  let keptBytes = 0
  const keptBytesMax = KEPT_SHARE * freemem()

  function computed(inputs: BertInputs): Float32Array {
    return tf.tidy(() => {
      const network = bertNetwork(tf, blocks.shape, (name) => fixed.get(name)!, inputs, null)
      let values = network.embedded(tf.tensor2d(wordsOf(blocks, inputs.ids), [inputs.ids.length, width]))
      for (let layer = 0; layer < layers - 1; layer++) values = network.layer(values, layer, feedForward)
      return values.dataSync() as Float32Array
    })
  }

  function keep(key: string, states: Float32Array): void {
    if (known.has(key) || keptBytes + states.byteLength > keptBytesMax) return
    known.set(key, states)
    keptBytes += states.byteLength
  }

  return (inputs) => {
    const { count, places, ids, lengths } = inputs
    const keys = Array.from({ length: count }, (_, row) =>
      ids.subarray(row * places, row * places + lengths[row]!).join(' '),
    )
    const into = new Float32Array(count * places * width)
    const states = keys.every((key) => known.has(key)) ? undefined : computed(inputs)
    keys.forEach((key, row) => {
      const start = row * places * width
      const own = states === undefined ? known.get(key)! : states.slice(start, start + lengths[row]! * width)
      into.set(own, start)
      keep(key, own)
    })
    return into
  }
}
