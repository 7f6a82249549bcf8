import fc from 'fast-check'
import {
  accuracy,
  averagePrecision,
  brierScore,
  calibration,
  calibrationError,
  kolmogorovSmirnov,
  logLoss,
  meanAbsoluteError,
  metricsOf,
  rocAuc,
  rootMeanSquaredError,
  rSquared,
} from '../../../models/evaluation/metrics.ts'
import { classes, estimates, scores, targets } from '../reference-data.ts'

// Reference values of scikit-learn 1.9.1 and SciPy’s ks_2samp.
test.each([
  ['roc_auc_score', rocAuc(classes, scores), 0.641025641025641],
  ['average_precision_score', averagePrecision(classes, scores), 0.540332192004666],
  [
    'log_loss',
    logLoss(
      classes,
      scores.map((score) => Math.min(Math.max(score, 0.05), 0.95)),
    ),
    0.7003976351890855,
  ],
  ['brier_score_loss', brierScore(classes, scores), 0.25116666666666665],
  ['accuracy_score', accuracy(classes, scores), 0.5333333333333333],
  ['ks_2samp', kolmogorovSmirnov(classes, scores), 0.23076923076923078],
  ['root_mean_squared_error', rootMeanSquaredError(targets, estimates), 0.21163769880660582],
  ['mean_absolute_error', meanAbsoluteError(targets, estimates), 0.19029285198221133],
  ['r2_score', rSquared(targets, estimates), 0.956577879103661],
])('%s says the same', (_, value, expected) => {
  expect(value).toBeCloseTo(expected, 12)
})

const labelled = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 40 })
  .map((rows) => ({
    labels: Float64Array.from(rows, ([label]) => label),
    scores: Float64Array.from(rows, ([, score]) => score / 6),
  }))

test('AUC is the share of pairs in the right order, ties half', () => {
  fc.assert(
    fc.property(labelled, ({ labels, scores }) => {
      let right = 0
      let pairs = 0
      labels.forEach((label, i) => {
        labels.forEach((other, j) => {
          if (label !== 1 || other !== 0) return
          pairs++
          right += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0
        })
      })
      if (pairs === 0) expect(rocAuc(labels, scores)).toBeNaN()
      else expect(rocAuc(labels, scores)).toBeCloseTo(right / pairs, 12)
    }),
  )
})

describe('calibration', () => {
  it('holds every row once and keeps equal scores together', () => {
    fc.assert(
      fc.property(labelled, fc.integer({ min: 1, max: 12 }), ({ labels, scores }, binCount) => {
        const bins = calibration(labels, scores, binCount)
        expect(bins.length).toBeLessThanOrEqual(binCount)
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length)
        expect(bins.reduce((sum, { count, meanLabel }) => sum + count * meanLabel, 0)).toBeCloseTo(
          labels.reduce((a, b) => a + b, 0),
          9,
        )
        expect(bins.every(({ meanScore }, i) => i === 0 || meanScore > bins[i - 1]!.meanScore)).toBe(true)
      }),
    )
  })

  it('finds no error in promises that came true, and finds the one of promises that did not', () => {
    const labels = Float64Array.of(0, 0, 0, 1, 1, 1, 1, 0)
    expect(
      calibrationError(calibration(labels, Float64Array.of(0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75), 2)),
    ).toBeCloseTo(0, 12)
    expect(calibrationError(calibration(labels, new Float64Array(8).fill(0.9), 4))).toBeCloseTo(0.4, 12)
  })
})

test('metricsOf omits undefined metrics', () => {
  expect(Object.keys(metricsOf('classification', Float64Array.of(1, 1), Float64Array.of(0.2, 0.4)))).toEqual([
    'averagePrecision',
    'logLoss',
    'brier',
    'accuracy',
    'calibrationError',
  ])
  expect(metricsOf('regression', Float64Array.of(1, 3), Float64Array.of(1, 2))).toEqual({
    rmse: Math.SQRT1_2,
    mae: 0.5,
    rSquared: 0.5,
  })
  expect(metricsOf('regression', Float64Array.of(2, 2), Float64Array.of(1, 3))).toEqual({ rmse: 1, mae: 1 })
})

test('a probability that was sure and wrong costs much, and not everything', () => {
  expect(logLoss(Float64Array.of(1), Float64Array.of(0))).toBeCloseTo(-Math.log(1e-15), 6)
})
