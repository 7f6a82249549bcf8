import { encodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { gbm } from '../../../models/boosting/gradient-boosting.ts'
import type { Calibrator } from '../../../models/evaluation/calibration.ts'
import { fitCalibrator } from '../../../models/evaluation/calibrator.ts'
import { logistic } from '../../../models/linear/logistic.ts'
import type { Artefact } from '../../../models/model.ts'
import { artefactToOnnx } from '../../../models/onnx/artefact-to-onnx.ts'
import { mixedData } from '../boosting/forests.ts'
import { mixedData as networkData } from '../deep/mixed-data.ts'
import { untrainedNetwork } from '../deep/untrained-network.ts'
import { greatestDifference, onnxScores } from './onnx-scores.ts'

const data = mixedData(400)
const later = mixedData(300, 3)
const onePoint: Calibrator = { method: 'isotonic', scores: [0.4], values: [0.3] }

describe.each([logistic, gbm])('$name', (algorithm) => {
  const artefact: Artefact = {
    task: 'churn',
    algorithm: algorithm.name,
    featureSet: 'mixed@1',
    featureNames: data.featureNames,
    parameters: algorithm.train(data, 5),
  }
  const uncalibrated = new Float64Array(data.count)
  void modelFrom(encodeArtefact(artefact), 'abc').score(data, uncalibrated)

  test.each([
    ['platt', fitCalibrator('platt', data.labels, uncalibrated)],
    ['isotonic', fitCalibrator('isotonic', data.labels, uncalibrated)],
    ['one step', onePoint],
  ] as const)('calibrated by %s, ONNX Runtime gives what we do', async (_, calibration) => {
    const calibrated = { ...artefact, calibration }
    const ours = new Float64Array(later.count)
    await modelFrom(encodeArtefact(calibrated), 'abc').score(later, ours)
    expect(greatestDifference(await onnxScores(artefactToOnnx(calibrated, 'abc'), later), ours)).toBeLessThan(1e-6)
  })
})

test('a calibrated network gives the same scores in ONNX Runtime', async () => {
  const batch = networkData(200, 'binary', 4)
  const artefact: Artefact = {
    task: 'churn',
    algorithm: 'deep',
    featureSet: 'mixed@1',
    featureNames: batch.featureNames,
    parameters: untrainedNetwork('binary', { hidden: [8] }),
    calibration: { method: 'platt', slope: 1.4, intercept: 0.3 },
  }
  const ours = new Float64Array(batch.count)
  await modelFrom(encodeArtefact(artefact), 'abc').score(batch, ours)
  expect(greatestDifference(await onnxScores(artefactToOnnx(artefact, 'abc'), batch), ours)).toBeLessThan(1e-5)
})
