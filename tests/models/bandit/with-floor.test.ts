import fc from 'fast-check'
import { withFloor } from '../../../models/bandit/with-floor.ts'

const shares = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 })
  .map((weights) => {
    const whole = weights.reduce((sum, one) => sum + one, 0)
    return weights.map((one) => one / whole)
  })

test('each has its floor or an equal share, and all sum to 1', () => {
  fc.assert(
    fc.property(shares, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (all, floor) => {
      const chances = withFloor(all, floor)
      expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
      for (const chance of chances) expect(chance).toBeGreaterThanOrEqual(Math.min(floor, 1 / all.length) - 1e-12)
    }),
  )
})

test('an arm that is never the best is chosen as often as the floor says', () => {
  const [best, other] = withFloor([1, 0], 0.05)
  expect(best).toBeCloseTo(0.95, 12)
  expect(other).toBe(0.05)
  expect(withFloor([1, 0, 0], 0.5)).toEqual([1 / 3, 1 / 3, 1 / 3])
})
