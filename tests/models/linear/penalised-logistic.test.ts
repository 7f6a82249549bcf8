import { fitLogistic, sigmoid, softplus } from '../../../models/linear/penalised-logistic.ts'
import { classes, design, unweighted, weighted } from '../reference-data.ts'

describe('fitLogistic', () => {
  // Reference values of scikit-learn: LogisticRegression(C = 1/(λ·Σw), l1_ratio); solver newton-cholesky for Ridge,
  // else saga.
  it.each([
    [
      'Ridge',
      0,
      unweighted,
      [-0.8213671460167098, 1.7224692737993297, -0.7874038303810811, 0.5299493546892713, 0.1212244862360445],
    ],
    [
      'the elastic net',
      0.5,
      unweighted,
      [-0.8028003085319481, 1.8361135490032787, -0.7888863144734819, 0.5369018047779869, 0.11114322903702718],
    ],
    [
      'Lasso',
      1,
      unweighted,
      [-0.7797430843845894, 2.018118304438066, -0.8054673558501034, 0.5563799036030437, 0.09943729952799044],
    ],
    [
      'Ridge with weighted rows',
      0,
      weighted,
      [-0.7507382404556202, 1.897704699615693, -0.8829037586139991, 0.36801201352486473, 0.16641112550580803],
    ],
  ])('finds the coefficients of scikit-learn: %s', (_, l1Ratio, weights, expected) => {
    const { intercept, coefficients } = fitLogistic(
      design,
      classes,
      weights,
      { lambda: 0.02, l1Ratio },
      undefined,
      1e-14,
    )
    ;[intercept, ...coefficients].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6))
  })

  it('leaves the fit that it starts from unchanged, and arrives at the same one', () => {
    const penalty = { lambda: 0.02, l1Ratio: 0.5 }
    const from = { intercept: 1, coefficients: Float64Array.of(3, -2, 0, 1) }
    const fit = fitLogistic(design, classes, unweighted, penalty, from, 1e-14)
    const cold = fitLogistic(design, classes, unweighted, penalty, undefined, 1e-14)
    expect([...from.coefficients]).toEqual([3, -2, 0, 1])
    fit.coefficients.forEach((value, j) => expect(value).toBeCloseTo(cold.coefficients[j]!, 6))
  })

  it('stays finite if the classes are separable', () => {
    const labels = Float64Array.from(design.columns.subarray(0, design.count), (value) => (value > 0 ? 1 : 0))
    const { intercept, coefficients } = fitLogistic(design, labels, unweighted, { lambda: 1e-6, l1Ratio: 0 })
    expect([intercept, ...coefficients].every(Number.isFinite)).toBe(true)
    expect(coefficients[0]).toBeGreaterThan(5)
  })
})

test('sigmoid and softplus are exact at both ends', () => {
  expect([sigmoid(-800), sigmoid(0), sigmoid(800)]).toEqual([0, 0.5, 1])
  expect([softplus(-800), softplus(0), softplus(800)]).toEqual([0, Math.LN2, 800])
})
