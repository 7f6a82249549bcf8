import { fitPlatt, logOdds, applyPlatt } from '../../../models/evaluation/platt.ts'
import { random } from '../../../models/random.ts'
import { sigmoid } from '../../../models/linear/penalised-logistic.ts'

/** The reference in Python generates the same data by the same formulas. */
const rows = Array.from({ length: 60 }, (_, i) => i)
const margins = Float64Array.from(rows, (i) => 1.5 * Math.sin(1.7 * i) + 0.4)
const labels = Float64Array.from(rows, (i) => (Math.sin(1.7 * i) + 0.8 * Math.sin(3.3 * i) > 0.1 ? 1 : 0))
const fewPositives = Float64Array.from(rows, (i) => (i % 20 === 1 ? 1 : 0))

describe('fitPlatt', () => {
  // −A and −B of scikit-learn 1.9.1’s _sigmoid_calibration(margins, labels).
  it.each([
    ['as many of both', labels, 2.244819237760073, -1.3415063357375665],
    ['few positives', fewPositives, 0.21579074898364922, -2.931387523541099],
  ])('fits as scikit-learn does: %s', (_, of, slope, intercept) => {
    const fit = fitPlatt(of, margins.map(sigmoid))
    expect(Math.abs(fit.slope - slope)).toBeLessThan(1e-4)
    expect(Math.abs(fit.intercept - intercept)).toBeLessThan(1e-4)
  })

  it('finds the true slope and intercept of scores that are too sure', () => {
    const next = random(2)
    const truth = Float64Array.from({ length: 40_000 }, () => 6 * next() - 4)
    const drawn = truth.map((margin) => (next() < sigmoid(margin) ? 1 : 0))
    const { slope, intercept } = fitPlatt(
      drawn,
      truth.map((margin) => sigmoid(2 * margin + 1)),
    )
    expect(slope).toBeCloseTo(0.5, 1)
    expect(intercept).toBeCloseTo(-0.5, 1)
  })

  it('stays finite for classes that are wholly apart, for one class, and for one score', () => {
    const apart = fitPlatt(Float64Array.of(0, 0, 1, 1), Float64Array.of(0, 0.1, 0.9, 1))
    // The targets are 1/4 and 3/4, and the probabilities lie evenly between them.
    expect(applyPlatt(apart, 0.5)).toBeCloseTo(0.5, 6)
    expect(applyPlatt(apart, 1)).toBeGreaterThan(0.7)
    expect(applyPlatt(apart, 1)).toBeLessThan(1)
    const one = fitPlatt(Float64Array.of(1, 1, 1), Float64Array.of(0.2, 0.5, 0.7))
    expect(applyPlatt(one, 0.5)).toBeCloseTo(4 / 5, 6)
    const same = fitPlatt(Float64Array.of(1, 0, 0, 0), new Float64Array(4).fill(0.3))
    // The targets are 2/3 once and 1/5 three times.
    expect(applyPlatt(same, 0.3)).toBeCloseTo((2 / 3 + 3 / 5) / 4, 6)
  })
})

test('logOdds bounds certain probabilities', () => {
  expect(logOdds(0.5)).toBe(0)
  expect(logOdds(0)).toBeCloseTo(Math.log(1e-9), 6)
  expect(Number.isFinite(logOdds(1))).toBe(true)
})
