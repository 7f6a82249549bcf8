import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { createAdam } from '../../models/deep/adam.ts'
import { decodeModel } from '../../models/onnx/onnx-codec.ts'
import { random } from '../../models/random.ts'
import { bertWeights, readBertGraph } from '../../models/text/bert-graph.ts'
import { bertNetwork, type BertInputs } from './bert-network.ts'
import { registerGradients } from './gradients.ts'
import { createRowAdam } from './row-adam.ts'
import { loadTensorflow, type TensorflowBackend } from './tensorflow.ts'

export interface BertBatch extends BertInputs {
  readonly labels: Int32Array
  /** How much each counts. */
  readonly weights: Float32Array
}

/** `last`: the last layer and the head; `all`: everything. */
export type Tuned = 'last' | 'all'

export interface BertLearnerOptions {
  /** The float32 ONNX file of the backbone. */
  readonly file: string
  readonly tune: Tuned
  readonly classes: number
  readonly weightDecay: number
  readonly dropout: number
  readonly seed: number
  /** Blocks to go on from, by name; the others begin as the backbone has them, the head at zero. */
  readonly from?: ReadonlyMap<string, Float32Array> | undefined
}

export interface BertLearner {
  readonly backend: TensorflowBackend
  /** Adds up the gradients of a batch; the mean loss. They are applied by `apply`. */
  gather(batch: BertBatch): number
  /** A step of Adam with what was gathered, at these rates. */
  apply(learningRate: number, headLearningRate: number): void
  /** [count × classes] */
  logits(inputs: BertInputs): Float32Array
  /** The tuned weights, including the head, by name. */
  weights(): Map<string, Float32Array>
}

/**
 * What the layers below the last give never changes where only the last is tuned: as much of it is kept as a third of
 * the free memory.
 */
const KEPT_SHARE = 1 / 3
const HEAD = ['head first', 'head mean', 'head bias']

/** In this thread. The same file, batches and seed give the same steps on the same backend. */
export async function createBertLearner(options: BertLearnerOptions, wanted?: TensorflowBackend): Promise<BertLearner> {
  const { tune, classes, dropout, seed } = options
  const { tf, backend } = await loadTensorflow(wanted)
  registerGradients(tf)
  const model = decodeModel(readFileSync(options.file))
  const graph = readBertGraph(model)
  const { shape } = graph
  const own = bertWeights(model, graph)
  const sizes = new Map(graph.blocks.map(({ name, rows, columns }) => [name, [rows, columns] as [number, number]]))
  for (const [name, rows] of [
    ['head first', shape.width],
    ['head mean', shape.width],
    ['head bias', 1],
  ] as const) {
    own.set(name, new Float32Array(rows * classes))
    sizes.set(name, [rows, classes])
  }
  for (const [name, block] of options.from ?? []) own.set(name, block.slice())
  const last = shape.layers - 1
  const layersTuned = [...sizes.keys()].filter((name) =>
    tune === 'all' ? name !== 'words' && !HEAD.includes(name) : name.startsWith(`${last} `),
  )
  const tuned = [...layersTuned, ...HEAD]
  const isTuned = new Set(tuned)
  const decays = (names: readonly string[]) => names.map((name) => sizes.get(name)![0] > 1)
  const adamOf = (names: readonly string[]) =>
    createAdam(
      names.map((name) => own.get(name)!.length),
      decays(names),
      options.weightDecay,
    )
  const [adam, headAdam] = [adamOf(layersTuned), adamOf(HEAD)]
  const wordAdam = tune === 'all' ? createRowAdam(own.get('words')!, shape.width) : undefined
  const gathered = new Map(tuned.map((name) => [name, new Float32Array(own.get(name)!.length)]))
  let gatheredBatches = 0
  const next = random(seed)
  const kept = 1 / (1 - dropout)
  const leftOut = (values: Tensor3D): Tensor3D => {
    const mask = new Float32Array(values.size)
    for (let i = 0; i < mask.length; i++) mask[i] = next() < dropout ? 0 : kept
    return tf.mul(values, tf.tensor3d(mask, values.shape))
  }
  const fixed = new Map<string, Tensor>()
  for (const [name, size] of sizes)
    if (!isTuned.has(name) && name !== 'words') fixed.set(name, tf.tensor2d(own.get(name)!, size))
  const below = new Map<string, Float32Array>()
  let keptBytes = 0
  const keptBytesMax = KEPT_SHARE * freemem()

  function wordsOf({ ids }: BertInputs): Float32Array {
    const table = own.get('words')!
    const words = new Float32Array(ids.length * shape.width)
    ids.forEach((id, place) => words.set(table.subarray(id * shape.width, (id + 1) * shape.width), place * shape.width))
    return words
  }

  /** Hidden states below the last layer; those of texts that were there before are remembered. */
  function belowLast(inputs: BertInputs): Float32Array {
    const { count, places, ids, lengths } = inputs
    const keys = Array.from({ length: count }, (_, row) =>
      ids.subarray(row * places, row * places + lengths[row]!).join(' '),
    )
    const into = new Float32Array(count * places * shape.width)
    if (!keys.every((key) => below.has(key))) {
      const computed = tf.tidy(() => {
        const network = bertNetwork(tf, shape, (name) => fixed.get(name)!, inputs, null)
        let values = network.embedded(tf.tensor2d(wordsOf(inputs), [ids.length, shape.width]))
        for (let layer = 0; layer < last; layer++) values = network.layer(values, layer, shape.feedForward)
        return values.dataSync() as Float32Array
      })
      keys.forEach((key, row) => {
        const start = row * places * shape.width
        const states = computed.slice(start, start + lengths[row]! * shape.width)
        into.set(states, start)
        if (!below.has(key) && keptBytes + states.byteLength <= keptBytesMax) {
          below.set(key, states)
          keptBytes += states.byteLength
        }
      })
      return into
    }
    keys.forEach((key, row) => into.set(below.get(key)!, row * places * shape.width))
    return into
  }

  /** Logits from tensors of what is tuned, in the order of `tuned`, with the words first where they are. */
  function logitsFrom(inputs: BertInputs, states: Float32Array, isLearning: boolean): (...of: Tensor[]) => Tensor2D {
    const { count, places } = inputs
    return (...of) => {
      const named = new Map(tuned.map((name, place) => [name, of[place + (tune === 'all' ? 1 : 0)]!]))
      const weights = (name: string) => named.get(name) ?? fixed.get(name)!
      const network = bertNetwork(tf, shape, weights, inputs, isLearning && dropout > 0 ? leftOut : null)
      let values =
        tune === 'all' ? network.embedded(of[0]! as Tensor2D) : tf.tensor3d(states, [count, places, shape.width])
      for (let layer = tune === 'all' ? 0 : last; layer <= last; layer++)
        values = network.layer(values, layer, shape.feedForward)
      return network.logits(values)
    }
  }

  const tensors = (words: Float32Array | undefined, count: number): Tensor[] => [
    ...(words === undefined ? [] : [tf.tensor2d(words, [count, shape.width])]),
    ...tuned.map((name) => tf.tensor2d(own.get(name)!, sizes.get(name)!)),
  ]
  const prepared = (inputs: BertInputs) =>
    tune === 'all'
      ? { words: wordsOf(inputs), states: new Float32Array(0) }
      : { words: undefined, states: belowLast(inputs) }

  return {
    backend,
    gather(batch) {
      const { words, states } = prepared(batch)
      let loss = 0
      tf.tidy(() => {
        const wantedLogits = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), classes)
        const weighing = tf.tensor1d(batch.weights)
        const total = batch.weights.reduce((sum, weight) => sum + weight, 0)
        const logits = logitsFrom(batch, states, true)
        const { value, grads } = tf.valueAndGrads((...of: Tensor[]) => {
          const probabilities = tf.add(tf.softmax(logits(...of)), 1e-9)
          const told = tf.sum(tf.mul(tf.log(probabilities), wantedLogits), -1)
          return tf.mul(tf.sum(tf.mul(told, weighing)), -1 / total)
        })(tensors(words, batch.ids.length))
        loss = value.dataSync()[0]!
        const offset = words === undefined ? 0 : 1
        if (words !== undefined) wordAdam!.gather(batch.ids, grads[0]!.dataSync() as Float32Array)
        tuned.forEach((name, place) => {
          const gradient = grads[place + offset]!.dataSync()
          const sum = gathered.get(name)!
          for (let i = 0; i < sum.length; i++) sum[i]! += gradient[i]!
        })
      })
      if (!Number.isFinite(loss)) throw new Error(`The loss of the backbone is ${loss}: try a smaller learning rate.`)
      gatheredBatches++
      return loss
    },
    apply(learningRate, headLearningRate) {
      if (gatheredBatches > 1)
        for (const sum of gathered.values()) for (let i = 0; i < sum.length; i++) sum[i]! /= gatheredBatches
      const meansOf = (names: readonly string[]) => names.map((name) => gathered.get(name)!)
      adam.step(
        layersTuned.map((name) => own.get(name)!),
        meansOf(layersTuned),
        learningRate,
      )
      headAdam.step(
        HEAD.map((name) => own.get(name)!),
        meansOf(HEAD),
        headLearningRate,
      )
      wordAdam?.apply(learningRate, gatheredBatches)
      for (const sum of gathered.values()) sum.fill(0)
      gatheredBatches = 0
    },
    logits(inputs) {
      const { words, states } = prepared(inputs)
      return tf
        .tidy(() => logitsFrom(inputs, states, false)(...tensors(words, inputs.ids.length)).dataSync() as Float32Array)
        .slice()
    },
    weights: () =>
      new Map([...tuned, ...(tune === 'all' ? ['words'] : [])].map((name) => [name, own.get(name)!.slice()])),
  }
}
