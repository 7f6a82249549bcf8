import { InferenceSession, Tensor } from 'onnxruntime-node'
import { ROWS, SCORE } from '../../../models/onnx/onnx-export.ts'
import { encodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { trainBoostedClasses } from '../../../models/boosting/boosted-classes.ts'
import { gbm, gbmRate } from '../../../models/boosting/gradient-boosting.ts'
import { linear } from '../../../models/linear/linear.ts'
import { trainSoftmax } from '../../../models/linear/softmax-logistic.ts'
import { logistic } from '../../../models/linear/logistic.ts'
import type { Algorithm, Artefact } from '../../../models/model.ts'
import { artefactToOnnx, onnxAlgorithms } from '../../../models/onnx/artefact-to-onnx.ts'
import { inspectOnnx } from '../../../models/onnx/inspect-onnx.ts'
import { OnnxError } from '../../../models/onnx/onnx-error.ts'
import { chosenColumns } from '../../../models/selection/chosen-features.ts'
import { mixedData } from '../boosting/forests.ts'
import { mixedData as networkData } from '../deep/mixed-data.ts'
import { untrainedNetwork } from '../deep/untrained-network.ts'
import { greatestDifference, onnxScores } from './onnx-scores.ts'

const data = mixedData(400)
const later = mixedData(300, 3)

const algorithms: readonly Algorithm<unknown>[] = [logistic, linear, gbm, gbmRate]

test('every algorithm that can be exported is tested here', () => {
  expect([
    ...algorithms.map(({ name }) => name),
    'gbm-labels',
    'gbm-classes',
    'logistic-classes',
    'deep',
    'deep-rate',
    'deep-labels',
    'deep-classes',
    'intent',
    'onnx',
    'onnx-rate',
  ]).toEqual(onnxAlgorithms)
})

describe.each(algorithms.map((algorithm) => [algorithm.name, algorithm] as const))('%s', (name, algorithm) => {
  test.each<[string, readonly number[] | undefined]>([
    ['all', undefined],
    ['some', [3, 0, 1]],
  ])('a stored model of %s columns scores as ours does', async (_, chosen) => {
    const seen = chosen === undefined ? data : { ...data, ...chosenColumns(data, chosen) }
    const featureNames = chosen?.map((place) => data.featureNames[place]!) ?? data.featureNames
    const categories = (chosen ?? [0, 1, 2, 3]).map((place) => data.categories![place]!)
    const artefact: Artefact = {
      task: 'churn',
      algorithm: name,
      featureSet: 'mixed@1',
      featureNames: data.featureNames,
      chosen,
      parameters: algorithm.train({ ...seen, featureNames, categories }, 5),
    }
    const bytes = artefactToOnnx(artefact, 'abc')
    const ours = new Float64Array(later.count)
    await modelFrom(encodeArtefact(artefact), 'abc').score(later, ours)
    expect(greatestDifference(await onnxScores(bytes, later), ours)).toBeLessThan(1e-6)
    expect(inspectOnnx(bytes).metadata).toEqual({
      model: 'abc',
      task: 'churn',
      algorithm: name,
      featureSet: 'mixed@1',
      featureNames: '["age","income","colour","noise"]',
    })
  })
})

test.each([
  ['gbm-classes', trainBoostedClasses],
  ['logistic-classes', trainSoftmax],
] as const)('the probabilities of several classes by %s are written as ours are', async (algorithm, train) => {
  const classes = ['low', 'middle', 'high']
  const classOf = (row: number) => (Number.isNaN(data.rows[row * data.width]!) ? 0 : row % 2 === 0 ? 1 : 2)
  const labels = Float64Array.from(data.labels, (_, row) => classOf(row))
  const artefact: Artefact = {
    task: 't',
    algorithm,
    featureSet: 'mixed@1',
    featureNames: data.featureNames,
    outputs: classes,
    parameters: train({ ...data, labels, classes }, 5),
    calibration: { method: 'classes', slope: 0.6, intercepts: [0.1, -0.2, 0.3] },
  }
  const ours = new Float64Array(later.count * classes.length)
  await modelFrom(encodeArtefact(artefact), 'abc').score(later, ours)
  const session = await InferenceSession.create(artefactToOnnx(artefact, 'abc'))
  const { count, width, rows } = later
  const given = (await session.run({ [ROWS]: new Tensor('float32', rows, [count, width]) }))[SCORE]!
  expect(given.dims).toEqual([count, classes.length])
  expect(greatestDifference(given.data as Float32Array, ours)).toBeLessThan(1e-6)
})

test('a network reads only some columns of the rows', async () => {
  const parameters = untrainedNetwork('binary', { hidden: [8] })
  const { count, width, rows } = networkData(200, 'binary', 4)
  const wide = { count, width: width + 1, rows: new Float32Array(count * (width + 1)).fill(7), texts: [] }
  for (let row = 0; row < count; row++)
    wide.rows.set(rows.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  const featureNames = Array.from({ length: width + 1 }, (_, feature) => `f${feature}`)
  const chosen = Array.from({ length: width }, (_, place) => place + 1)
  const artefact: Artefact = {
    task: 'churn',
    algorithm: 'deep',
    featureSet: 'mixed@1',
    featureNames,
    chosen,
    parameters,
  }
  const ours = new Float64Array(count)
  await modelFrom(encodeArtefact(artefact), 'abc').score(wide, ours)
  expect(greatestDifference(await onnxScores(artefactToOnnx(artefact, 'abc'), wide), ours)).toBeLessThan(1e-5)
})

test('a model of several outputs names them and its dictionary', async () => {
  const parameters = untrainedNetwork('multi-label', { hidden: [8] })
  const batch = networkData(100, 'multi-label', 4)
  const { count, width, featureNames } = batch
  const outputs = Array.from({ length: batch.outputs }, (_, output) => `thing ${output}`)
  const artefact: Artefact = {
    task: 't',
    algorithm: 'deep-labels',
    featureSet: 'mixed@1',
    featureNames,
    outputs,
    dictionaryVersion: 3,
    parameters,
  }
  const bytes = artefactToOnnx(artefact, 'abc')
  expect(inspectOnnx(bytes).metadata).toMatchObject({ outputs: JSON.stringify(outputs), dictionaryVersion: '3' })
  const ours = new Float64Array(count * outputs.length)
  await modelFrom(encodeArtefact(artefact), 'abc').score(batch, ours)
  const session = await InferenceSession.create(bytes)
  const given = (await session.run({ [ROWS]: new Tensor('float32', batch.rows, [count, width]) }))[SCORE]!
  expect(given.dims).toEqual([count, outputs.length])
  expect(greatestDifference(given.data as Float32Array, ours)).toBeLessThan(1e-5)
})

test('a model that ONNX has no operators for is refused, with those that can be exported', () => {
  const artefact = { task: 't', algorithm: 'oracle', featureSet: 's', featureNames: [], parameters: {} }
  expect(() => artefactToOnnx(artefact, 'abc')).toThrow(
    new OnnxError(
      'Model abc was made by "oracle", which can\'t be written as ONNX: only logistic, linear, gbm, gbm-rate, gbm-labels, gbm-classes, logistic-classes, deep, deep-rate, deep-labels, deep-classes, intent, onnx, onnx-rate can.',
    ),
  )
})
