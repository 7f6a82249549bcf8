import { linear } from '../../../models/linear/linear.ts'
import { createLogistic, logistic } from '../../../models/linear/logistic.ts'
import type { Dataset } from '../../../models/model.ts'
import { random } from '../../../models/random.ts'
import { syntheticData } from '../synthetic-data.ts'

/** Two informative features among many that are noise. */
function sparseData(count: number, noiseFeatures: number): Dataset {
  const next = random(9)
  const width = noiseFeatures + 2
  const rows = Float32Array.from({ length: count * width }, () => next() * 2 - 1)
  const labels = Float64Array.from(
    { length: count },
    (_, i) => 2 * rows[i * width]! - rows[i * width + 1]! + (next() - 0.5),
  )
  return {
    count,
    width,
    rows,
    labels,
    texts: [],
    featureNames: Array.from({ length: width }, (_, j) => `f${j}`),
    times: Float64Array.from({ length: count }, (_, i) => i),
  }
}

describe('trainOnPath', () => {
  it('prefers Lasso if few features matter, and finds them', () => {
    const { coefficients, penalty } = linear.train(sparseData(120, 60), 1)
    expect(penalty.l1Ratio).toBeGreaterThan(0)
    expect(Math.abs(coefficients[0]!)).toBeGreaterThan(0.8)
    expect(coefficients.slice(2).filter((coefficient) => coefficient === 0).length).toBeGreaterThan(30)
  })

  it('uses a strong penalty if there is only noise', () => {
    const data = sparseData(200, 20)
    const next = random(4)
    const noise = linear.train({ ...data, labels: data.labels.map(() => next()) }, 1)
    expect(noise.coefficients.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0)).toBeLessThan(0.1)
    expect(noise.intercept).toBeCloseTo(0.5, 1)
  })

  it('validates on the newest rows, so that a relation that turned around counts for less', () => {
    const data = sparseData(400, 0)
    const turned = { ...data, labels: data.labels.map((label, i) => (i < 300 ? label : -label)) }
    const before = linear.train(data, 1)
    const after = linear.train(turned, 1)
    expect(after.validationLoss!).toBeGreaterThan(before.validationLoss!)
    expect(Math.abs(after.coefficients[0]!)).toBeLessThan(0.2 * Math.abs(before.coefficients[0]!))
  })

  it('learns only the mean if relations keep changing sign, and reports the loss of that', () => {
    const data = sparseData(500, 0)
    const turning = { ...data, labels: data.labels.map((label, i) => (Math.floor(i / 100) % 2 === 0 ? label : -label)) }
    const { coefficients, validationLoss } = linear.train(turning, 1)
    expect(coefficients.every((coefficient) => coefficient === 0)).toBe(true)
    expect(validationLoss).toBeCloseTo(1.75, 0)
    const classes = { ...turning, labels: turning.labels.map((label) => (label > 0 ? 1 : 0)) }
    expect(logistic.train(classes, 1).coefficients.every((coefficient) => coefficient === 0)).toBe(true)
    const stable = { ...data, labels: data.labels.map((label) => (label > 0 ? 1 : 0)) }
    expect(Math.abs(logistic.train(stable, 1).coefficients[0]!)).toBeGreaterThan(1)
  })

  it('drops a column whose relation changes sign, and keeps one whose relation is stable', () => {
    const next = random(12)
    const rows = Float32Array.from({ length: 1800 }, () => next() * 2 - 1)
    const signal = (i: number) => rows[3 * i]! + (Math.floor(i / 120) % 2 === 0 ? 3 : -3) * rows[3 * i + 1]!
    const labels = Float64Array.from({ length: 600 }, (_, i) => (signal(i) + next() - 0.5 > 0 ? 1 : 0))
    const times = Float64Array.from({ length: 600 }, (_, i) => i)
    const data = { count: 600, width: 3, rows, labels, texts: [], featureNames: ['held', 'turning', 'none'], times }
    const { unstable, coefficients } = logistic.train(data, 1)
    expect(unstable).toEqual([1])
    expect(coefficients[1]).toBe(0)
    expect(coefficients[0]).toBeGreaterThan(0.2)
    expect(logistic.train(data, 1, undefined, { stable: false })).not.toHaveProperty('unstable')
    const timeless = logistic.train({ ...data, times: times.map(() => Number.NaN) }, 1)
    expect(timeless).not.toHaveProperty('unstable')
  })

  it('is plain Ridge if there are too few rows to validate', () => {
    expect(linear.train(syntheticData(10, 'regression'), 1)).toMatchObject({
      penalty: { lambda: 0.1, l1Ratio: 0 },
      validationLoss: null,
    })
  })
})

describe('options', () => {
  const data = sparseData(200, 30)

  it('cross-validates over folds of the rows', () => {
    const { penalty, validationLoss } = linear.train(data, 1, undefined, { folds: 5, l1Ratios: [1], lambdas: 20 })
    expect(penalty.l1Ratio).toBe(1)
    expect(validationLoss).toBeLessThan(0.2)
    expect(validationLoss).not.toBe(
      linear.train(data, 1, undefined, { folds: 1, l1Ratios: [1], lambdas: 20 }).validationLoss,
    )
  })

  it('uses a given penalty', () => {
    const { penalty, validationLoss, coefficients } = linear.train(data, 1, undefined, { lambda: 0.3, l1Ratios: [1] })
    expect([penalty, validationLoss]).toEqual([{ lambda: 0.3, l1Ratio: 1 }, null])
    expect(coefficients.slice(2).every((coefficient) => coefficient === 0)).toBe(true)
  })
})

test('balanced classes shift the probabilities of a rare class up, and its order little', async () => {
  const data = syntheticData(600, 'classification')
  const next = random(3)
  const rare = { ...data, labels: data.labels.map((label) => (label === 1 && next() < 0.2 ? 1 : 0)) }
  const scored = async (algorithm: typeof logistic) => {
    const into = new Float64Array(rare.count)
    await algorithm.scorer(algorithm.train(rare, 1))(rare, into)
    return into.reduce((sum, score) => sum + score, 0) / rare.count
  }
  const share = rare.labels.reduce((sum, label) => sum + label, 0) / rare.count
  expect(await scored(logistic)).toBeCloseTo(share, 2)
  expect(await scored(createLogistic('balanced', { classWeights: 'balanced' }))).toBeGreaterThan(0.35)
})
