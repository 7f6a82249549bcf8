import { linear } from '../../../models/linear/linear.ts'
import { logistic } from '../../../models/linear/logistic.ts'
import type { Algorithm, Batch, Dataset } from '../../../models/model.ts'
import { linearToOnnx, type LinearModel } from '../../../models/onnx/linear-to-onnx.ts'
import type { LinearParameters } from '../../../models/linear/regularisation-path.ts'
import { mixedData } from '../boosting/forests.ts'
import { syntheticData } from '../synthetic-data.ts'
import { batchOf, greatestDifference, onnxScores } from './onnx-scores.ts'

const algorithms = [logistic, linear] as readonly Algorithm<LinearParameters>[]

async function ourScores(
  algorithm: Algorithm<LinearParameters>,
  parameters: LinearModel,
  batch: Batch,
): Promise<Float64Array> {
  const into = new Float64Array(batch.count)
  await algorithm.scorer(parameters as LinearParameters)(batch, into)
  return into
}

/** Rows with values that no training row had, unknown categories included. */
function strangeRows(width: number): Batch {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -1, 1, 2, 7, 99, 3e38, -3e38]
  return batchOf(
    Array.from({ length: 500 }, (_, row) =>
      Array.from({ length: width }, (_, column) => values[(row * (column + 3) + column) % values.length]!),
    ),
  )
}

describe.each(algorithms.map((algorithm) => [algorithm.name, algorithm] as const))('%s', (_, algorithm) => {
  const { kind } = algorithm

  test.each<[string, Dataset, Dataset]>([
    ['numbers with gaps', syntheticData(600, kind), syntheticData(500, kind, { seed: 2 })],
    ['numbers, gaps and categories', mixedData(600), mixedData(500, 2)],
  ])('%s score as ours do', async (_, data, later) => {
    const parameters = algorithm.train(data, 7)
    expect(parameters.standardisation.indicators.length).toBeGreaterThan(0)
    const bytes = linearToOnnx(parameters, kind)
    for (const batch of [later, strangeRows(data.width)])
      expect(
        greatestDifference(await onnxScores(bytes, batch), await ourScores(algorithm, parameters, batch)),
      ).toBeLessThan(1e-6)
  })
})

const small: LinearModel = {
  standardisation: { lower: [0, 0], upper: [10, 4], centre: [5, 2], scale: [0.5, 2], indicators: [1] },
  intercept: 100,
  coefficients: [2, 3, 1000],
}

test('outliers are clipped, missing values are imputed with the mean, and their absence counts', async () => {
  const batch = batchOf([
    [5, 2],
    [6, 2],
    [60, 2],
    [Number.NaN, 2],
    [5, Number.NaN],
    [5, -7],
  ])
  expect([...(await onnxScores(linearToOnnx(small, 'regression'), batch))]).toEqual([100, 101, 105, 100, 1100, 88])
})

test('a model from before there were categories, and one with them', async () => {
  const model: LinearModel = {
    standardisation: { ...small.standardisation, oneHot: [{ feature: 1, columns: 3 }] },
    intercept: 0,
    coefficients: [0, 0, 0.5, 1, 2, 4],
  }
  const codes = [0, 1, 2, 3, 99, -1, Number.NaN]
  const bytes = linearToOnnx(model, 'regression')
  expect([...(await onnxScores(bytes, batchOf(codes.map((code) => [5, code]))))]).toEqual([1, 2, 4, 4, 4, 4, 0.5])
})

test('for numbers far from 0 the difference to the mean is precise', async () => {
  const far: LinearModel = {
    standardisation: { lower: [1e9], upper: [1e9 + 1e4], centre: [1e9 + 5e3 + 1 / 3], scale: [1e-3], indicators: [] },
    intercept: 0,
    coefficients: [1],
  }
  const batch = batchOf([[1e9 + 4e3]])
  expect((await onnxScores(linearToOnnx(far, 'regression'), batch))[0]).toBeCloseTo(
    (Math.fround(1e9 + 4e3) - (1e9 + 5e3 + 1 / 3)) * 1e-3,
    6,
  )
})

test('only the chosen columns of wider rows are read', async () => {
  const bytes = linearToOnnx(small, 'regression', { chosen: { indices: [3, 1], width: 4 } })
  expect([...(await onnxScores(bytes, batchOf([[9, 2, 9, 6]])))]).toEqual([101])
})
