import type { Head, NetworkParameters } from '../../../models/deep/network-parameters.ts'
import { createMargins, scoreNetwork } from '../../../models/deep/score-network.ts'
import { packFloats } from '../../../models/packed/packed-floats.ts'
import { absurdRows, mixedData, outputsOf } from './mixed-data.ts'
import { untrainedNetwork } from './untrained-network.ts'

const heads = ['binary', 'multi-label', 'classes', 'regression'] as const

/**
 * A network whose output can be computed by hand: one number clipped to 0…4, with mean 2 and standard deviation 2; a
 * category of two names with vectors of one number; two hidden units.
 */
const byHand = (head: Head): NetworkParameters => ({
  ...untrainedNetwork('binary'),
  head,
  width: 2,
  outputs: 1,
  standardisation: {
    lower: [0, 0],
    upper: [4, 0],
    centre: [2, 0],
    scale: [0.5, 0],
    indicators: [0],
    oneHot: [{ feature: 1, columns: 3 }],
  },
  embeddings: [{ size: 1, table: packFloats([10, 20, 30, 40]) }],
  layers: [
    // Inputs: the number, whether it is missing, and the category’s vector (five names or more would need a width of
    // 2).
    { inputs: 4, outputs: 2, weights: packFloats([1, -1, 3, 0, 0.5, 0, 0, 0]), biases: packFloats([0, 0.25]) },
    { inputs: 2, outputs: 1, weights: packFloats([2, 8]), biases: packFloats([-1]) },
  ],
  centre: [100],
  scale: [10],
})

test('computes the layers', () => {
  // Two names get vectors of two numbers: ⌈√2⌉.
  const parameters = {
    ...byHand('regression'),
    embeddings: [{ size: 2, table: packFloats([10, 0, 20, 0, 30, 0, 40, 0]) }],
  }
  const rows = Float32Array.from([4, 0, 9, 1, 0, 2, Number.NaN, Number.NaN])
  const sums = new Float64Array(4)
  scoreNetwork(parameters)({ count: 4, width: 2, rows, texts: [] }, sums)
  // After ReLU: (1 + 5, −1 + ¼ → 0), (1 + 10, 0), (−1 + 15, 1 + ¼), (3 + 20, ¼).
  const expected = [2 * 6 - 1, 2 * 11 - 1, 2 * 14 + 8 * 1.25 - 1, 2 * 23 + 8 * 0.25 - 1]
  expect([...sums]).toEqual(expected.map((sum) => 100 + 10 * sum))
})

describe.each(heads)('%s', (head) => {
  const parameters = untrainedNetwork(head)
  const outputs = outputsOf[head]
  const data = mixedData(50, head, 9)
  const scores = new Float64Array(data.count * outputs)
  scoreNetwork(parameters)(data, scores)

  test('scores a row alone as among others, and only the rows that the batch has', () => {
    const alone = new Float64Array(outputs + 1).fill(-7)
    for (const row of [0, 1, 49]) {
      scoreNetwork(parameters)(
        { ...data, count: 1, rows: data.rows.slice(row * data.width, (row + 1) * data.width) },
        alone,
      )
      expect([...alone]).toEqual([...scores.slice(row * outputs, (row + 1) * outputs), -7])
    }
    scoreNetwork(parameters)({ ...data, count: 0 }, new Float64Array(0))
  })

  test('returns finite scores for missing and absurd values and unknown categories', () => {
    const absurd = absurdRows(data.width)
    const into = new Float64Array(absurd.count * outputs)
    scoreNetwork(parameters)(absurd, into)
    expect(
      [...into].every((score) => Number.isFinite(score) && (head === 'regression' || (score >= 0 && score <= 1))),
    ).toBe(true)
  })

  test('scores the same after a journey through JSON', () => {
    const restored = JSON.parse(JSON.stringify(parameters)) as NetworkParameters
    expect(restored).toEqual(parameters)
    const into = new Float64Array(scores.length)
    scoreNetwork(restored)(data, into)
    expect(into).toEqual(scores)
  })
})

test('refuses rows of another width', () => {
  const narrow = { count: 1, width: 3, rows: new Float32Array(3), texts: [] }
  expect(() => scoreNetwork(untrainedNetwork('binary'))(narrow, new Float64Array(1))).toThrow(
    'The model was trained on rows of 5 numbers, and these have 3.',
  )
})

test('a network without hidden layers is a sum', () => {
  const layout = {
    standardisation: byHand('binary').standardisation,
    columns: [0],
    features: [0],
    embeddings: [],
    width: 1,
  }
  const layers = [{ inputs: 1, outputs: 1, weights: Float32Array.of(3), biases: Float32Array.of(1) }]
  const into = new Float64Array(2)
  createMargins({ layout, tables: [], layers, outputs: 1 })(
    { count: 2, numbers: Float32Array.of(1, -2), codes: [] },
    into,
  )
  expect([...into]).toEqual([4, -5])
})
