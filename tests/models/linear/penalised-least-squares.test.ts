import { fitLeastSquares } from '../../../models/linear/penalised-least-squares.ts'
import { design, targets, unweighted, weighted } from '../reference-data.ts'

describe('fitLeastSquares', () => {
  // Reference values of scikit-learn: ElasticNet(alpha = 0.1, l1_ratio); Ridge(alpha = 0.1·n).
  it.each([
    [
      'Ridge',
      0,
      unweighted,
      [1.9995196181311374, 0.8340101783252405, -0.47665603885471, 0.07385466268491189, 4.2400967374390344e-5],
    ],
    [
      'the elastic net',
      0.5,
      unweighted,
      [1.9999242242342954, 0.8188438248369313, -0.46372655169164817, 0.0636878171728078, 0],
    ],
    ['Lasso', 1, unweighted, [2.0003268886888286, 0.8006069718466259, -0.4501611183646688, 0.05328726311492335, 0]],
    [
      'the elastic net with weighted rows',
      0.5,
      weighted,
      [2.0019671666334293, 0.8196711091398358, -0.46713294974310526, 0.06502085403940762, 0],
    ],
  ])('finds the coefficients of scikit-learn: %s', (_, l1Ratio, weights, expected) => {
    const { intercept, coefficients } = fitLeastSquares(
      design,
      targets,
      weights,
      { lambda: 0.1, l1Ratio },
      undefined,
      1e-16,
    )
    ;[intercept, ...coefficients].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 8))
  })
})
