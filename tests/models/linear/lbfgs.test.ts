import { minimise } from '../../../models/linear/lbfgs.ts'

test('finds the minimum of a badly scaled square, and leaves the start unchanged', () => {
  const start = Float64Array.of(5, -3, 100)
  const scales = [1, 1000, 0.01]
  const found = minimise(
    (x, gradient) => {
      let value = 0
      scales.forEach((scale, i) => {
        const apart = x[i]! - i - 1
        value += (scale * apart * apart) / 2
        gradient[i] = scale * apart
      })
      return value
    },
    start,
    { tolerance: 1e-10 },
  )
  found.forEach((value, i) => expect(value).toBeCloseTo(i + 1, 6))
  expect([...start]).toEqual([5, -3, 100])
})

test('finds the minimum of Rosenbrock’s valley, which is not convex', () => {
  const found = minimise(
    (x, gradient) => {
      const [a, b] = [x[0]!, x[1]!]
      gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a)
      gradient[1] = 200 * (b - a * a)
      return (1 - a) ** 2 + 100 * (b - a * a) ** 2
    },
    Float64Array.of(-1.2, 1),
    { tolerance: 1e-9, stepsMax: 500 },
  )
  expect(found[0]).toBeCloseTo(1, 5)
  expect(found[1]).toBeCloseTo(1, 5)
})

test('ends where it starts if that is the minimum already', () => {
  expect([...minimise((x, gradient) => (gradient.fill(0), x[0]! ** 2 * 0), Float64Array.of(4))]).toEqual([4])
})

test('ends sooner if the last steps gained hardly anything, and hardly higher', () => {
  const asked = (decreaseMin: number) => {
    let times = 0
    let value = 0
    minimise(
      (x, gradient) => {
        times++
        value = 1
        x.forEach((one, i) => {
          value += ((one - 1) ** 2 * 1.15 ** i) / 2
          gradient[i] = (one - 1) * 1.15 ** i
        })
        return value
      },
      new Float64Array(40),
      { tolerance: 1e-9, decreaseMin },
    )
    return { times, value }
  }
  const [whole, sooner] = [asked(0), asked(0.01)]
  expect(sooner.times).toBeLessThan(0.7 * whole.times)
  expect(sooner.value).toBeLessThan(1.02 * whole.value)
})
