import { logOddsBeta } from '../../../models/bandit/beta.ts'

const logit = (rate: number) => Math.log(rate / (1 - rate))

// Closed forms: the uniform distribution; x² (3 − 2x) for (2, 2); 1 − (1 − x)ᵇ for (1, b).
test.each([
  [1, 1, 0.3, 0.3],
  [2, 2, 0.25, 0.25 ** 2 * 2.5],
  [1, 20, 0.05, 1 - 0.95 ** 20],
  [30, 1, 0.98, 0.98 ** 30],
  [1, 1, 1e-9, 1e-9],
])('the share of a beta distribution (%d, %d) below %d', (alpha, beta, rate, share) => {
  expect(logOddsBeta({ alpha, beta }).below(logit(rate))).toBeCloseTo(share, 12)
})

test('density and distribution agree, for many cases too', () => {
  const sharp = logOddsBeta({ alpha: 40_000, beta: 760_000 })
  const [low, high] = [sharp.centre - sharp.deviation, sharp.centre + sharp.deviation]
  const steps = 400
  const width = (high - low) / steps
  let area = 0
  for (let step = 0; step < steps; step++) area += sharp.density(low + (step + 0.5) * width) * width
  expect(sharp.below(high) - sharp.below(low)).toBeCloseTo(area, 5)
  expect(area).toBeCloseTo(0.6827, 3)
})
