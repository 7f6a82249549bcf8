import fc from 'fast-check'
import { calibratedProbabilities, guardedCalibration } from '../../../models/text/guarded-calibration.ts'
import { random } from '../../../models/random.ts'
import { rowLosses } from '../../../models/text/text-metrics.ts'

const SHARES = [0.7, 0.3]
const meanLoss = (labels: Int32Array, probabilities: Float64Array, classes: number) =>
  rowLosses(labels, probabilities, classes).reduce((sum, one) => sum + one, 0) / labels.length
const baseLoss = (labels: Int32Array, shares: readonly number[]) =>
  labels.reduce((sum, label) => sum - Math.log(shares[label]!), 0) / labels.length

/** Returns log-odds that are `strength` times the true ones, plus noise of that size. */
function world(count: number, strength: number, noise: number, seed: number) {
  const next = random(seed)
  const labels = Int32Array.from({ length: count }, () => (next() < SHARES[1]! ? 1 : 0))
  const logits = Float64Array.from(labels, (label) => strength * (2 * label - 1) + noise * (2 * next() - 1))
  return { labels, logits }
}

test('an uninformative model predicts the base rate, however sure it is', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { labels, logits } = world(120, 0, 6, seed)
    const calibration = guardedCalibration(logits, labels, SHARES)
    const later = world(2_000, 0, 6, seed + 100)
    const own = meanLoss(later.labels, calibratedProbabilities(later.logits, 2, calibration), 2)
    expect(own).toBeLessThan(baseLoss(later.labels, SHARES) + 0.01)
  }
})

test('an informative model is hardly held back, and its overconfidence is removed', () => {
  const { labels, logits } = world(1_000, 4, 8, 1)
  const calibration = guardedCalibration(logits, labels, SHARES)
  const later = world(2_000, 4, 8, 2)
  const own = meanLoss(later.labels, calibratedProbabilities(later.logits, 2, calibration), 2)
  const raw = meanLoss(later.labels, calibratedProbabilities(later.logits, 2, { temperature: 1 }), 2)
  expect(own).toBeLessThan(raw)
  expect(own).toBeLessThan(0.8 * baseLoss(later.labels, SHARES))
})

test('a model that was never wrong in few cases is not certain', () => {
  const labels = Int32Array.from({ length: 60 }, (_, row) => row % 2)
  const logits = Float64Array.from(labels, (label) => 4 * (2 * label - 1))
  const given = calibratedProbabilities(Float64Array.of(4), 2, guardedCalibration(logits, labels, [0.5, 0.5]))
  expect(given[1]).toBeGreaterThan(0.95)
  expect(given[1]).toBeLessThan(0.995)
})

test('probabilities add up to 1 and keep the order of the cases', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 2, maxLength: 20 }),
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 0.98, noNaN: true }),
      (given, temperature, weight) => {
        const logits = Float64Array.from(given).sort()
        const probabilities = calibratedProbabilities(logits, 2, { temperature, base: { weight, shares: SHARES } })
        for (let row = 0; row < logits.length; row++) {
          expect(probabilities[2 * row]! + probabilities[2 * row + 1]!).toBeCloseTo(1, 12)
          if (row > 0) expect(probabilities[2 * row + 1]!).toBeGreaterThanOrEqual(probabilities[2 * row - 1]!)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('of several classes as of two', () => {
  const next = random(9)
  const labels = Int32Array.from({ length: 150 }, () => Math.floor(next() * 3))
  const logits = Float64Array.from({ length: 450 }, () => 10 * next())
  const shares = [1 / 3, 1 / 3, 1 / 3]
  const { base } = guardedCalibration(logits, labels, shares)
  expect(base!.weight).toBeGreaterThan(0.8)
  expect(base!.shares).toEqual(shares)
})
