import * as tf from '@tensorflow/tfjs-core'
import { intentBlocks } from '../../../models/intent/intent-shape.ts'
import { intentLogits } from '../../../models/intent/score-intent.ts'
import { pieceReader } from '../../../models/intent/intent-pieces.ts'
import { createIntentLearner } from '../../../runtimes/tensorflow/intent-learner.ts'
import {
  batchOf,
  examples,
  layout,
  parametersOf,
  pieces,
  rowsOf,
  shapeOf,
  weightsOf,
} from '../../models/intent/small-intents.ts'
import { contextColumns } from '../../../models/intent/context-columns.ts'

const options = { learningRate: 0.01, weightDecay: 0, dropout: 0, seed: 1 }
const list = examples(12, 5)

test.each(['both', 'attention', 'head', 'none'] as const)(
  'the tensors give what plain arithmetic does, context on %s',
  async (on) => {
    const shape = shapeOf(on)
    const weights = weightsOf(shape)
    const learner = await createIntentLearner(shape, weights, options, 'wasm')
    const given = learner.logits(batchOf(list, shape))
    const logits = intentLogits(parametersOf(shape, weights))
    const columns = contextColumns(layout, rowsOf(list))
    const read = pieceReader(pieces, shape.piecesMax)
    const into = new Float64Array(list.length * shape.intents)
    list.forEach(({ text }, row) => logits(read(text), columns, row * shape.context, into, row * shape.intents))
    for (let i = 0; i < into.length; i++) expect(Math.abs(into[i]! - given[i]!)).toBeLessThan(1e-5)
  },
)

test('a step follows the negative derivatives of every block, compared with finite differences', async () => {
  const shape = shapeOf()
  const weights = weightsOf(shape)
  const batch = batchOf(list, shape)
  const lossOf = async (from: readonly Float32Array[]) => {
    const learner = await createIntentLearner(shape, from, options, 'wasm')
    const logits = learner.logits(batch)
    let loss = 0
    batch.labels.forEach((label, row) => {
      const own = logits.subarray(row * shape.intents, (row + 1) * shape.intents)
      const total = own.reduce((sum, logit) => sum + Math.exp(logit), 0)
      loss += (Math.log(total) - own[label]!) / batch.count
    })
    return loss
  }
  const learner = await createIntentLearner(shape, weights, options, 'wasm')
  learner.step(batch, 1e-4)
  const after = learner.weights()
  for (const [place, { name }] of intentBlocks(shape).entries()) {
    const block = weights[place]!
    // Picks a number of each block that moved by a full step: Adam’s first step has the sign of the gradient.
    let at = -1
    for (let i = 0; i < block.length; i++) if (Math.abs(after[place]![i]! - block[i]!) > 5e-5) at = i
    if (at === -1) {
      // A bias of the keys shifts all scores of a query alike, so it has no gradient.
      expect(name).toMatch(/key bias$/)
      continue
    }
    const moved = (by: number) =>
      weights.map((one, k) => (k === place ? one.map((value, i) => (i === at ? value + by : value)) : one))
    const slope = ((await lossOf(moved(3e-3))) - (await lossOf(moved(-3e-3)))) / 6e-3
    if (Math.abs(slope) < 2e-5) continue
    expect([name, Math.sign(after[place]![at]! - block[at]!)]).toEqual([name, -Math.sign(slope)])
  }
}, 60_000)

test('the same seed gives the same steps', async () => {
  const shape = shapeOf()
  const run = async () => {
    const learner = await createIntentLearner(shape, weightsOf(shape), { ...options, dropout: 0.2 }, 'wasm')
    for (let step = 0; step < 3; step++) learner.step(batchOf(list, shape))
    const weights = learner.weights()
    return weights
  }
  expect(await run()).toEqual(await run())
})

// The wasm backend comes first: native brings gradients of its own, and those registered here must work without them.
test.each(['wasm', 'native'] as const)(
  'it learns what only the context tells, and leaves no tensors behind: %s',
  async (backend) => {
    const shape = shapeOf('attention')
    const learner = await createIntentLearner(shape, weightsOf(shape), { ...options, dropout: 0.05 }, backend).catch(
      () => undefined,
    )
    if (learner === undefined) return expect(backend).toBe('native')
    const [train, later] = [examples(300, 1), examples(100, 2)]
    const before = tf.memory().numTensors
    const first = learner.step(batchOf(train, shape))
    let last = first
    for (let step = 0; step < 150; step++)
      last = learner.step(batchOf(train.slice((step * 32) % 250).slice(0, 32), shape))
    expect(last).toBeLessThan(0.3 * first)
    const batch = batchOf(later, shape)
    const logits = learner.logits(batch)
    const answers = later.map((_, row) => {
      const own = [...logits.subarray(row * 3, row * 3 + 3)]
      return own.indexOf(Math.max(...own))
    })
    expect(answers.filter((answer, row) => answer === later[row]!.label).length).toBeGreaterThan(95)
    expect(tf.memory().numTensors).toBe(before)
  },
  60_000,
)
