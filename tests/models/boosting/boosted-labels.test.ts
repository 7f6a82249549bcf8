import { InferenceSession, Tensor } from 'onnxruntime-node'
import { encodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { gbmLabels, trainBoostedLabels } from '../../../models/boosting/boosted-labels.ts'
import { gbm } from '../../../models/boosting/gradient-boosting.ts'
import type { NetworkData } from '../../../models/deep/network-data.ts'
import { columnOf, labelLogLoss } from '../../../models/evaluation/label-metrics.ts'
import { rocAuc } from '../../../models/evaluation/metrics.ts'
import { artefactToOnnx } from '../../../models/onnx/artefact-to-onnx.ts'
import { ROWS, SCORE } from '../../../models/onnx/onnx-export.ts'
import { labelledWorld } from '../../retrainer/labelled-world.ts'
import { greatestDifference } from '../onnx/onnx-scores.ts'

const settings = { trees: 40, learningRate: 0.1, depthMax: 3, leafRowsMin: 10 }
/** A world whose third label is only ever known to be 1. */
function world(count: number, seed: number): NetworkData {
  const data = labelledWorld(count, 4, seed)
  const labels = new Float64Array(count * 3)
  for (let row = 0; row < count; row++)
    labels.set([data.labels[2 * row]!, data.labels[2 * row + 1]!, row % 10 === 0 ? 1 : Number.NaN], 3 * row)
  return { ...data, outputs: 3, labels }
}
const data = world(1_200, 1)
const later = world(600, 2)
const parameters = trainBoostedLabels(data, 1, undefined, settings)

function scores(of: NetworkData): Float64Array {
  const into = new Float64Array(of.count * 3)
  void gbmLabels.scorer(parameters)(of, into)
  return into
}

test('each label is predicted from its features, even if the other labels are unknown', () => {
  const of = { outputs: 3, labels: later.labels, scores: scores(later) }
  for (const output of [0, 1]) {
    const column = columnOf(of, output)
    expect(rocAuc(column.labels, column.scores)).toBeGreaterThan(0.85)
  }
  expect(labelLogLoss(of)).toBeLessThan(0.55)
  expect(gbmLabels.importance!(parameters)[2]).toBeLessThan(0.15)
})

test('a label that was always the same is as certain as its rows allow', () => {
  expect(parameters.labels[2]).toEqual({ constant: 120.5 / 121 })
  expect(scores(later)[2]).toBe(120.5 / 121)
})

test('it is the model that the rows with that label alone would give', () => {
  const known = Array.from({ length: data.count }, (_, row) => row).filter((row) => !Number.isNaN(data.labels[3 * row]))
  const rows = Float32Array.from(known.flatMap((row) => [...data.rows.subarray(3 * row, 3 * row + 3)]))
  const alone = {
    ...data,
    count: known.length,
    rows,
    labels: Float64Array.from(known, (row) => data.labels[3 * row]!),
    times: Float64Array.from(known, (row) => data.times[row]!),
    texts: known.map(() => null),
  }
  expect(parameters.labels[0]).toEqual({ boosted: gbm.train(alone, 1, undefined, settings) })
})

test.each([0, 1, 2])('contributions to label %d add up to its margin', (output) => {
  const explain = gbmLabels.explainer!(parameters, output)
  const given = scores(later)
  const into = new Float64Array(3)
  for (let row = 0; row < 20; row++) {
    const base = explain(later.rows.subarray(3 * row, 3 * row + 3), into)
    const margin = into.reduce((sum, one) => sum + one, base)
    expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(given[3 * row + output]!, 9)
  }
})

test('its ONNX form gives the same scores', async () => {
  const outputs = ['a', 'b', 'always']
  const artefact = {
    task: 't',
    algorithm: 'gbm-labels',
    featureSet: 's@1',
    featureNames: data.featureNames,
    outputs,
    parameters,
  }
  const ours = new Float64Array(3 * later.count)
  await modelFrom(encodeArtefact(artefact), 'abc').score(later, ours)
  const session = await InferenceSession.create(artefactToOnnx(artefact, 'abc'))
  const given = (await session.run({ [ROWS]: new Tensor('float32', later.rows, [later.count, 3]) }))[SCORE]!
  expect(given.dims).toEqual([later.count, 3])
  expect(greatestDifference(given.data as Float32Array, ours)).toBeLessThan(1e-6)
})
