import { calibratedScore } from '../../../../models/evaluation/calibrator.ts'
import { logLoss } from '../../../../models/evaluation/metrics.ts'
import type { Dataset } from '../../../../models/model.ts'
import { random } from '../../../../models/random.ts'
import type { Learner } from '../../../../retrainer/training/learner.ts'
import { learnerNamed } from '../../../../retrainer/training/learners.ts'
import {
  calibrationNamed,
  outOfFoldCalibration,
} from '../../../../retrainer/training/tables/out-of-fold-calibration.ts'
import { scored } from '../../../../retrainer/lifecycle/scored.ts'

/** A weak signal among noise, so that many trees become overconfident. */
function noisy(count: number, seed: number): Dataset {
  const next = random(seed)
  const rows = Float32Array.from({ length: 4 * count }, () => next())
  return {
    count,
    width: 4,
    rows,
    texts: [],
    featureNames: ['a', 'b', 'c', 'd'],
    labels: Float64Array.from({ length: count }, (_, row) => (next() < 0.3 + 0.4 * rows[4 * row]! ? 1 : 0)),
    times: new Float64Array(count).fill(Number.NaN),
  }
}

const settings = { trees: 200, learningRate: 0.3, leafRowsMin: 5, earlyStoppingRounds: 0 }

test.each(['platt', 'isotonic'] as const)('an overconfident model is calibrated by %s', async (method) => {
  const learner = learnerNamed('gbm')
  const [data, later] = [noisy(1_500, 1), noisy(1_500, 2)]
  const calibrator = await outOfFoldCalibration(learner, data, method, { seed: 1, settings })
  const scores = await scored(learner.algorithm.scorer(await learner.train(data, 1, undefined, settings)), later)
  const calibrated = scores.map((score) => calibratedScore(calibrator, score))
  const baseline = logLoss(later.labels, new Float64Array(later.count).fill(0.5))
  expect(logLoss(later.labels, scores)).toBeGreaterThan(baseline)
  expect(logLoss(later.labels, calibrated)).toBeLessThan(baseline)
})

test('rows that have a time are scored by older ones alone', async () => {
  const learner = learnerNamed('gbm')
  const data = noisy(600, 3)
  const timed = { ...data, times: Float64Array.from(data.times.keys()) }
  const latest: number[] = []
  const watched: Learner = {
    ...learner,
    train(rows, ...others) {
      latest.push(rows.times.at(-1)!)
      return learner.train(rows, ...others)
    },
  }
  await outOfFoldCalibration(watched, timed, 'platt', { seed: 1, settings: { trees: 5, earlyStoppingRounds: 0 } })
  expect(latest).toEqual([239, 311, 383, 455, 527])
})

test('estimates of a rate have no calibration', async () => {
  await expect(outOfFoldCalibration(learnerNamed('linear'), noisy(50, 1), 'platt', { seed: 1 })).rejects.toThrow(
    'linear estimates a rate: only probabilities can be calibrated.',
  )
})

test('ways have names', () => {
  expect([calibrationNamed('none'), calibrationNamed('platt')]).toEqual([undefined, 'platt'])
  expect(() => calibrationNamed('beta')).toThrow('There is no calibration beta. There are: platt, isotonic and none.')
})
