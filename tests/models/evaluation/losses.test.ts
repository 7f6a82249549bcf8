import { lossesOf } from '../../../models/evaluation/losses.ts'

test('a row costs the logarithm of the probability of its class, or the square of the error', () => {
  const losses = lossesOf('classification', Float64Array.of(1, 0, 1), Float64Array.of(0.5, 0.75, 0))
  expect(losses[0]).toBeCloseTo(Math.log(2), 12)
  expect(losses[1]).toBeCloseTo(Math.log(4), 12)
  expect(losses[2]).toBeCloseTo(15 * Math.log(10), 9)
  expect([...lossesOf('regression', Float64Array.of(3, -1), Float64Array.of(1, -1))]).toEqual([4, 0])
})
