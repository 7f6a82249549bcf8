import { createAdam } from '../../../models/deep/adam.ts'

test('the first step has the length of the learning rate, whatever the slope', () => {
  const weights = Float32Array.of(1, 1)
  createAdam([2], [false], 0.1).step([weights], [Float32Array.of(1000, -0.01)], 0.1)
  expect(weights[0]).toBeCloseTo(0.9, 4)
  expect(weights[1]).toBeCloseTo(1.1, 4)
})

test('finds the bottom of a bowl', () => {
  const weights = Float32Array.of(3, -2)
  const adam = createAdam([2], [false], 0)
  for (let step = 0; step < 500; step++)
    adam.step([weights], [weights.map((weight, i) => (i + 1) * 10 * (weight - 1))], 0.05)
  expect(weights[0]).toBeCloseTo(1, 2)
  expect(weights[1]).toBeCloseTo(1, 2)
})

test('only the blocks that decay shrink without a slope', () => {
  const [shrinking, staying] = [Float32Array.of(1), Float32Array.of(1)]
  createAdam([1, 1], [true, false], 0.5).step([shrinking, staying], [new Float32Array(1), new Float32Array(1)], 0.1)
  expect(shrinking[0]).toBeCloseTo(0.95, 6)
  expect(staying[0]).toBe(1)
})
