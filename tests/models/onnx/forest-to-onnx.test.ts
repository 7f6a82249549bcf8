import { MISSING_LEFT, type Forest } from '../../../models/boosting/forest.ts'
import type { Batch } from '../../../models/model.ts'
import { FLOAT_MAX } from '../../../models/onnx/forest-nodes.ts'
import { forestToOnnx } from '../../../models/onnx/forest-to-onnx.ts'
import { sigmoid } from '../../../models/linear/penalised-logistic.ts'
import { random, randomInteger } from '../../../models/random.ts'
import { boosted, COLOURS, mixedData, plainMargin } from '../boosting/forests.ts'
import { batchOf, greatestDifference, onnxScores } from './onnx-scores.ts'

const { NaN: missing, POSITIVE_INFINITY: endless, NEGATIVE_INFINITY: abyss } = Number

function plainScores(
  forest: Forest,
  { rows, width, count }: Batch,
  kind: 'classification' | 'regression',
): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    const margin = plainMargin(forest, rows.subarray(row * width, (row + 1) * width))
    return kind === 'regression' ? margin : sigmoid(margin)
  })
}

/** Rows with every kind of value in every column, thresholds included. */
function strangeRows(forest: Forest, count: number): Batch {
  const next = random(9)
  const thresholds = [...forest.thresholds]
  const one = (values: readonly number[]) => values[randomInteger(next, values.length)]!
  return batchOf(
    Array.from({ length: count }, () => [
      one([missing, 18 + Math.floor(next() * 60), one(thresholds), endless, abyss]),
      one([missing, next() * 1e5, one(thresholds), 3e38, -0]),
      one([missing, randomInteger(next, COLOURS.length + 1), 7, 200, -1, 1.5]),
      one([missing, next(), one(thresholds)]),
    ]),
  )
}

describe.each(['classification', 'regression'] as const)('%s', (kind) => {
  const data = mixedData(1500)

  test.each([1, 40, 300])('%i trees with splits of every kind score as ours do', async (trees) => {
    const { forest } = boosted(data, { trees })
    if (trees > 1) expect(new Set(forest.flags)).toEqual(new Set([0, 1, 2]))
    const bytes = forestToOnnx(forest, data.width, kind)
    for (const batch of [mixedData(1000, 7), strangeRows(forest, 1000)])
      expect(greatestDifference(await onnxScores(bytes, batch), plainScores(forest, batch, kind))).toBeLessThan(1e-6)
  })
})

/** A single split; the left leaf adds 1, the right one 10. */
function stump(change: Partial<Forest>): Forest {
  return {
    bias: 100,
    roots: Int32Array.of(0, 3),
    features: Int32Array.of(0, -1, -1),
    thresholds: Float32Array.of(0.5, 0, 0),
    flags: Uint8Array.of(0, 0, 0),
    rights: Int32Array.of(2, 0, 0),
    values: Float32Array.of(0, 1, 10),
    covers: Float32Array.of(2, 1, 1),
    categorySets: [],
    ...change,
  }
}

const rightOf = async (forest: Forest, values: readonly number[]): Promise<number[]> => {
  const scores = await onnxScores(forestToOnnx(forest, 1, 'regression'), batchOf(values.map((value) => [value])))
  return values.filter((_, i) => scores[i] === 110)
}

test('a missing value follows the default direction of the split', async () => {
  expect(await rightOf(stump({}), [0, 0.5, 0.75, missing])).toEqual([0.75, missing])
  expect(await rightOf(stump({ flags: Uint8Array.of(MISSING_LEFT, 0, 0) }), [0, 0.5, 0.75, missing])).toEqual([0.75])
})

test('an infinite threshold separates known values from missing ones', async () => {
  const forest = stump({ thresholds: Float32Array.of(endless, 0, 0) })
  expect(await rightOf(forest, [0, FLOAT_MAX, endless, abyss, missing])).toEqual([missing])
})

test.each([
  ['one', [3]],
  ['the first', [0]],
  ['none', []],
  ['the lowest 32', Array.from({ length: 32 }, (_, code) => code)],
  ['the lowest 70', Array.from({ length: 70 }, (_, code) => code)],
  ['every third', Array.from({ length: 85 }, (_, k) => 3 * k)],
  [
    'every code but 1 and 64',
    Array.from({ length: 255 }, (_, code) => code).filter((code) => code !== 1 && code !== 64),
  ],
])('a set of categories sends its members left: %s', async (_, members) => {
  const forest = stump({ flags: Uint8Array.of(2, 0, 0), thresholds: Float32Array.of(0, 0, 0), categorySets: [members] })
  const values = [...Array.from({ length: 260 }, (_, code) => code), -1, 0.5, 31.5, 1e9, missing, endless, abyss]
  expect(await rightOf(forest, values)).toEqual(values.filter((value) => !members.includes(value)))
})

test('trees that are leaves, and no trees at all', async () => {
  const leaf = {
    features: Int32Array.of(-1),
    thresholds: Float32Array.of(0),
    flags: Uint8Array.of(0),
    rights: Int32Array.of(0),
  }
  const one = stump({ ...leaf, roots: Int32Array.of(0, 1), values: Float32Array.of(3) })
  expect([...(await onnxScores(forestToOnnx(one, 1, 'regression'), batchOf([[1]])))]).toEqual([103])
  const none = stump({ roots: Int32Array.of(0), features: new Int32Array(0), thresholds: new Float32Array(0) })
  expect([...(await onnxScores(forestToOnnx(none, 1, 'regression'), batchOf([[1]])))]).toEqual([100])
})

test('only the chosen columns of wider rows are read', async () => {
  const bytes = forestToOnnx(stump({}), 1, 'regression', { chosen: { indices: [2], width: 4 } })
  const batch = batchOf([
    [9, 9, 0, 9],
    [0, 0, 9, 0],
  ])
  expect([...(await onnxScores(bytes, batch))]).toEqual([101, 110])
})

test('the same forest is the same bytes', () => {
  const { forest } = boosted(mixedData(500), { trees: 3 })
  expect(forestToOnnx(forest, 4, 'classification')).toEqual(forestToOnnx(forest, 4, 'classification'))
})
