import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { decodeModel, encodeModel } from '../../../models/onnx/onnx-codec.ts'
import { bertWeights, readBertGraph, withBertWeights } from '../../../models/text/bert-graph.ts'
import { withHead } from '../../../models/text/tuned-onnx.ts'
import type { Tuned } from '../../../runtimes/tensorflow/bert-blocks.ts'
import { createBertLearner, type BertBatch } from '../../../runtimes/tensorflow/bert-learner.ts'

const file = fileURLToPath(new URL('../../../deploy/backbone/lib/bge-small-zh/model.onnx', import.meta.url))
const describeWithBackbone = existsSync(file) ? describe : describe.skip

/** Two texts of different lengths, padded. */
const batch: BertBatch = {
  count: 2,
  places: 5,
  ids: Int32Array.of(101, 2769, 1962, 102, 0, 101, 872, 3221, 6443, 102),
  lengths: Int32Array.of(4, 5),
  labels: Int32Array.of(0, 2),
  weights: Float32Array.of(1, 1),
}
const options = (tune: Tuned) => ({ file, tune, classes: 3, weightDecay: 0, dropout: 0, seed: 1 })

describeWithBackbone('a backbone that is tuned', () => {
  test.each(['last', 'all'] as const)(
    'learns (%s), and is the same as one ONNX graph with its head',
    async (tune) => {
      const learner = await createBertLearner(options(tune))
      const before = tf.memory().numTensors
      const losses = Array.from({ length: 3 }, () => {
        const loss = learner.accumulate(batch)
        learner.apply(5e-5, 1e-2)
        return loss
      })
      expect(losses[0]).toBeCloseTo(Math.log(3), 4)
      expect(losses[2]).toBeLessThan(0.2)

      const weights = learner.weights()
      const model = decodeModel(readFileSync(file))
      const graph = readBertGraph(model)
      const head = {
        first: weights.get('head first')!,
        mean: weights.get('head mean')!,
        bias: weights.get('head bias')!,
        temperature: 1.5,
      }
      const session = await InferenceSession.create(
        encodeModel(withHead(withBertWeights(model, graph, weights), graph.shape.width, head)),
      )
      const shape = [2, 5]
      const big = (numbers: Int32Array) => new Tensor('int64', BigInt64Array.from(numbers, BigInt), shape)
      const given = await session.run({
        input_ids: big(batch.ids),
        attention_mask: big(Int32Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1, 1)),
        token_type_ids: big(new Int32Array(10)),
      })
      const said = given['probabilities']!.data as Float32Array
      const logits = learner.logits(batch)
      for (const row of [0, 1]) {
        const own = Array.from(logits.subarray(3 * row, 3 * row + 3), (logit) => Math.exp(logit / 1.5))
        const total = own.reduce((sum, one) => sum + one, 0)
        own.forEach((one, k) => expect(Math.abs(said[3 * row + k]! - one / total)).toBeLessThan(1e-5))
      }
      const was = bertWeights(model, graph)
      expect(weights.has('0 query')).toBe(tune === 'all')
      expect(weights.get('3 query')).not.toEqual(was.get('3 query'))
      expect(tf.memory().numTensors).toBe(before)
      await session.release()
    },
    240_000,
  )

  test('gradients of several batches add up to those of one', async () => {
    const one = await createBertLearner(options('last'))
    const two = await createBertLearner(options('last'))
    const row = (at: number): BertBatch => ({
      ...batch,
      count: 1,
      ids: batch.ids.slice(5 * at, 5 * at + 5),
      lengths: batch.lengths.slice(at, at + 1),
      labels: batch.labels.slice(at, at + 1),
      weights: batch.weights.slice(at, at + 1),
    })
    one.accumulate(batch)
    one.apply(1e-4, 1e-2)
    two.accumulate(row(0))
    two.accumulate(row(1))
    two.apply(1e-4, 1e-2)
    const [left, right] = [one.logits(batch), two.logits(batch)]
    left.forEach((logit, i) => expect(Math.abs(logit - right[i]!)).toBeLessThan(1e-3))
  }, 240_000)

  test('it continues from where another one ended', async () => {
    const learner = await createBertLearner(options('last'))
    learner.accumulate(batch)
    learner.apply(1e-4, 1e-2)
    const other = await createBertLearner({ ...options('last'), from: learner.weights() })
    expect(other.logits(batch)).toEqual(learner.logits(batch))
  }, 240_000)
})
