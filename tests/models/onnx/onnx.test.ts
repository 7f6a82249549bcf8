import { InferenceSession, Tensor } from 'onnxruntime-node'
import { compileForest } from '../../../models/boosting/compile-forest.ts'
import { linear } from '../../../models/linear.ts'
import { logistic } from '../../../models/logistic.ts'
import type { Batch } from '../../../models/model.ts'
import { forestToOnnx } from '../../../models/onnx/forest-onnx.ts'
import { ROWS, SCORES } from '../../../models/onnx/graph.ts'
import { linearToOnnx } from '../../../models/onnx/linear-onnx.ts'
import { boosted, mixedData } from '../boosting/forests.ts'

const data = mixedData(800)
/** With unknown values, categories that nobody has seen, and numbers far away. */
const odd: Batch = {
  count: 6,
  width: 4,
  texts: [],
  rows: Float32Array.of(
    ...[30, Number.NaN, 2, 0.5],
    ...[Number.NaN, 5e4, Number.NaN, Number.NaN],
    ...[1e9, -1e9, 6, 0],
    ...[44.5, 0, 17, 1],
    ...[18, 1e5, 250, 0.25],
    ...[Number.NaN, Number.NaN, Number.NaN, Number.NaN],
  ),
}

async function runtimeScores(bytes: Uint8Array, { rows, count, width }: Batch): Promise<Float32Array> {
  const session = await InferenceSession.create(bytes)
  const answer = await session.run({ [ROWS]: new Tensor('float32', rows, [count, width]) })
  expect(answer[SCORES]!.dims).toEqual([count, 1])
  return answer[SCORES]!.data as Float32Array
}

const largestDifference = (ours: Float64Array, theirs: Float32Array) =>
  Math.max(...ours.map((score, row) => Math.abs(score - theirs[row]!)))

describe.each([data, odd])('rows %#', (batch) => {
  test('a forest with splits of every kind scores in ONNX Runtime as here', async () => {
    const { forest } = boosted(data, { trees: 60 })
    expect(new Set(forest.flags)).toEqual(new Set([0, 1, 2]))
    const margins = new Float64Array(batch.count)
    compileForest(forest, 4)(batch.rows, batch.count, 4, margins)
    expect(largestDifference(margins, await runtimeScores(forestToOnnx(forest, 4, 'regression'), batch))).toBeLessThan(2e-6)
    const probabilities = margins.map((margin) => 1 / (1 + Math.exp(-margin)))
    expect(largestDifference(probabilities, await runtimeScores(forestToOnnx(forest, 4, 'classification'), batch))).toBeLessThan(
      1e-6,
    )
  })

  test.each([
    ['classification', logistic],
    ['regression', linear],
  ] as const)('a linear model, %s, with categories and missing values', async (kind, algorithm) => {
    const parameters = algorithm.train(data, 1)
    expect(parameters.standardisation.indicators).toEqual([1])
    const scores = new Float64Array(batch.count)
    void algorithm.scorer(parameters)(batch, scores)
    expect(largestDifference(scores, await runtimeScores(linearToOnnx(parameters, kind), batch))).toBeLessThan(1e-6)
  })
})

test('a threshold behind the last known value, which sends only missing ones the other way', async () => {
  const rows = Float32Array.from({ length: 200 }, (_, row) => (row % 2 === 0 ? Number.NaN : row))
  const labels = Float64Array.from({ length: 200 }, (_, row) => (row % 2 === 0 ? 1 : 0))
  const only = { ...data, count: 200, width: 1, rows, labels, featureNames: ['x'], categories: undefined }
  const { forest } = boosted(only, { trees: 3 })
  const margins = new Float64Array(200)
  compileForest(forest, 1)(rows, 200, 1, margins)
  expect(largestDifference(margins, await runtimeScores(forestToOnnx(forest, 1, 'regression'), only))).toBeLessThan(1e-6)
})
