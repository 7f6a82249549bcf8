import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { random, type Random } from '../../models/random.ts'
import { HEAD, wordsOf, type BertBlocks, type Tuned } from './bert-blocks.ts'
import { bertNetwork, type BertDropout, type BertInputs } from './bert-network.ts'
import { createStatesBelow } from './bert-states-below.ts'
import type { Tensorflow } from './tensorflow.ts'

export interface TunedNetworkOptions {
  readonly tune: Tuned
  readonly dropout: number
  readonly seed: number
}

/** Inputs of the tuned part of a BERT: the word vectors of the pieces, or the hidden states below the last layer. */
export interface PreparedInputs extends BertInputs {
  readonly words: Float32Array | undefined
  readonly states: Float32Array
}

/** The tuned part of a BERT, as a function of its weights. */
export interface TunedNetwork {
  prepared(inputs: BertInputs): PreparedInputs
  /**
   * Returns the tuned weights: the word vectors of the inputs if they are tuned, then the blocks of the layers and of
   * the head.
   */
  tensors(inputs: PreparedInputs): Tensor[]
  /** Returns a function from such tensors to the logits, [count × classes], with dropout while learning. */
  logitsFrom(inputs: PreparedInputs, isLearning: boolean): (...of: Tensor[]) => Tensor2D
}

export function createTunedNetwork(
  tf: Tensorflow,
  blocks: BertBlocks,
  { tune, dropout, seed }: TunedNetworkOptions,
): TunedNetwork {
  const { shape, values, sizes } = blocks
  const { width, layers, feedForward } = shape
  const tuned = [...blocks.layersTuned, ...HEAD]
  const tensorOf = (name: string) => tf.tensor2d(values.get(name)!, [...sizes.get(name)!])
  const fixedNames = [...sizes.keys()].filter((name) => !tuned.includes(name) && name !== 'words')
  const fixed = new Map<string, Tensor>(fixedNames.map((name) => [name, tensorOf(name)]))
  const statesBelow = createStatesBelow(tf, blocks, fixed)
  const applyDropout = dropout > 0 ? dropoutOf(tf, dropout, random(seed)) : null

  return {
    prepared: (inputs) =>
      tune === 'all'
        ? { ...inputs, words: wordsOf(blocks, inputs.ids), states: new Float32Array(0) }
        : { ...inputs, words: undefined, states: statesBelow(inputs) },
    tensors: ({ words, ids }) => [
      ...(words === undefined ? [] : [tf.tensor2d(words, [ids.length, width])]),
      ...tuned.map(tensorOf),
    ],
    logitsFrom(inputs, isLearning) {
      const { count, places, words, states } = inputs
      const wordTensors = words === undefined ? 0 : 1
      return (...of) => {
        const named = new Map(tuned.map((name, place) => [name, of[place + wordTensors]!]))
        const weights = (name: string) => named.get(name) ?? fixed.get(name)!
        const network = bertNetwork(tf, shape, weights, inputs, isLearning ? applyDropout : null)
        let hidden =
          words === undefined ? tf.tensor3d(states, [count, places, width]) : network.embedded(of[0]! as Tensor2D)
        for (let layer = tune === 'all' ? 0 : layers - 1; layer < layers; layer++)
          hidden = network.layer(hidden, layer, feedForward)
        return network.logits(hidden)
      }
    },
  }
}

function dropoutOf(tf: Tensorflow, dropout: number, next: Random): NonNullable<BertDropout> {
  const kept = 1 / (1 - dropout)
  return (values: Tensor3D) => {
    const mask = new Float32Array(values.size)
    for (let i = 0; i < mask.length; i++) mask[i] = next() < dropout ? 0 : kept
    return tf.mul(values, tf.tensor3d(mask, values.shape))
  }
}
