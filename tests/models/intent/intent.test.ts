import fc from 'fast-check'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { encodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { OUT_OF_SCOPE } from '../../../models/conversation/intents.ts'
import { contextColumns } from '../../../models/intent/context-columns.ts'
import { intentLogits } from '../../../models/intent/score-intent.ts'
import { intent, intentOutputs, writeProbabilities } from '../../../models/intent/intent.ts'
import { intentToOnnx } from '../../../models/intent/intent-onnx.ts'
import { pieceReader } from '../../../models/intent/intent-pieces.ts'
import { unpackIntentWeights, packIntentWeights } from '../../../models/intent/intent-parameters.ts'
import { intentBlocks } from '../../../models/intent/intent-shape.ts'
import { examples, intents, layout, parametersOf, pieces, rowsOf, shapeOf, weightsOf } from './small-intents.ts'

const list = examples(20, 3)
const parameters = { ...parametersOf(shapeOf()), temperature: 1.3, threshold: 0.4 }

function scores(of = parameters, texts = list.map(({ text }) => text), rows = rowsOf(list)): Float64Array {
  const into = new Float64Array(rows.count * (intents.length + 1))
  void intent.scorer(of)({ ...rows, texts }, into)
  return into
}

test('the probabilities of a text add up to one, and there is no intent if the best is below the threshold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      (logits, threshold) => {
        const into = new Float64Array(4)
        writeProbabilities(logits, { temperature: 1, threshold, intents }, into, 0)
        expect(into.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
        const total = logits.reduce((sum, one) => sum + Math.exp(one), 0)
        const best = Math.max(...logits.map((one) => Math.exp(one) / total))
        if (Math.abs(best - threshold) > 1e-9)
          expect(into[3]! > Math.max(into[0]!, into[1]!, into[2]!)).toBe(best < threshold)
      },
    ),
  )
})

test('an uninformative context leaves attention unchanged; an informative one does not', () => {
  const shape = shapeOf('attention')
  const silent = weightsOf(shape).map((block, place) =>
    /context weight/.test(intentBlocks(shape)[place]!.name) ? block.map(() => 0) : block,
  )
  const without = silent.filter((_, place) => !/context/.test(intentBlocks(shape)[place]!.name))
  const logitsBy = (of: { shape: typeof shape; weights: string[] }) => {
    const into = new Float64Array(3)
    intentLogits(of)(pieceReader(pieces, 12)('that one please'), contextColumns(layout, rowsOf(list)), 0, into, 0)
    return [...into]
  }
  const plain = logitsBy({ shape: shapeOf('none'), weights: packIntentWeights(without) })
  expect(logitsBy({ shape, weights: packIntentWeights(silent) })).toEqual(plain)
  expect(logitsBy({ shape, weights: packIntentWeights(weightsOf(shape)) })).not.toEqual(plain)
})

test('attention is softmax((Q ⊙ w) Kᵀ / √d) V, by hand for one head and two places', () => {
  const shape = {
    ...shapeOf('none'),
    context: 0,
    heads: 1,
    layers: 1,
    width: 2,
    feedForward: 2,
    vocabulary: 4,
    piecesMax: 2,
    intents: 2,
  }
  const identity = [1, 0, 0, 1]
  const blocks = intentBlocks(shape).map(({ name, rows, columns, from }) => {
    if (name === 'pieces') return Float32Array.of(0, 0, 0, 0, 1, 0, 0, 1)
    if (/(query|key|value|output)$/.test(name) || name === 'head first') return Float32Array.from(identity)
    return new Float32Array(rows * columns).fill(from === 'ones' ? 1 : 0)
  })
  const into = new Float64Array(2)
  intentLogits({ shape, weights: packIntentWeights(blocks) })(Int32Array.of(2, 3), new Float32Array(0), 0, into, 0)
  // The first position (1, 0) attends to itself and to (0, 1): scores 1/√2 and 0.
  const own = Math.exp(Math.SQRT1_2) / (Math.exp(Math.SQRT1_2) + 1)
  const normalised = ([a, b]: readonly [number, number]) => {
    const [mean, half] = [(a + b) / 2, (a - b) / 2]
    return [(a - mean) / Math.sqrt(half ** 2 + 1e-5), (b - mean) / Math.sqrt(half ** 2 + 1e-5)] as [number, number]
  }
  const expected = normalised(normalised([1 + own, 1 - own]))
  expect(into[0]).toBeCloseTo(expected[0], 5)
  expect(into[1]).toBeCloseTo(expected[1], 5)
})

test('ONNX Runtime agrees with our scores', async () => {
  const session = await InferenceSession.create(intentToOnnx(parameters))
  const ours = scores()
  const columns = contextColumns(layout, rowsOf(list))
  const width = parameters.shape.context
  for (const [row, { text }] of list.entries()) {
    const ids = pieceReader(pieces, parameters.shape.piecesMax)(text)
    const given = await session.run({
      ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [ids.length]),
      context: new Tensor('float32', columns.slice(row * width, (row + 1) * width), [1, width]),
    })
    const said = given['score']!.data as Float32Array
    said.forEach((one, k) => expect(Math.abs(one - ours[row * 4 + k]!)).toBeLessThan(1e-5))
  }
})

test('a stored model scores any text in any context', async () => {
  const artefact = {
    task: 'intent',
    algorithm: 'intent',
    featureSet: 'turn@1',
    featureNames: ['noise', 'before'],
    outputs: intentOutputs(parameters),
    parameters,
  }
  expect(artefact.outputs.at(-1)).toBe(OUT_OF_SCOPE)
  const model = modelFrom(encodeArtefact(artefact), 'id')
  const texts = [
    '',
    ' ',
    '\u0000\u0007',
    '😀👍🏽',
    'word '.repeat(20_000),
    '余额多少 balance?',
    '\ud800',
    'ß'.repeat(100_000),
  ]
  const rows = new Float32Array(2 * texts.length).fill(Number.NaN)
  const into = new Float64Array(4 * texts.length)
  const began = performance.now()
  await model.score({ count: texts.length, width: 2, rows, texts }, into)
  expect(performance.now() - began).toBeLessThan(2_000)
  for (let row = 0; row < texts.length; row++)
    expect(into.subarray(4 * row, 4 * row + 4).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
})

test('weights that are not whole are refused', () => {
  expect(() => unpackIntentWeights({ ...parameters, weights: parameters.weights.slice(1) })).toThrow(
    'blocks of weights',
  )
})
