import { random, randomInteger, shuffle } from '../../models/random.ts'

const draw = (seed: number, count: number) => {
  const next = random(seed)
  return Array.from({ length: count }, next)
}

test('the same seed gives the same numbers, close seeds give others', () => {
  expect(draw(7, 100)).toEqual(draw(7, 100))
  for (const seed of [8, 7 + 2 ** 32, -7, 0]) expect(draw(seed, 5)).not.toEqual(draw(7, 5))
})

test('these numbers never change, since seeds are stored with models', () => {
  // Reference values of PractRand’s algorithm, computed in Python.
  expect(draw(1, 3).map((value) => value * 2 ** 32)).toEqual([2012149540, 1872316204, 1707632675])
  expect(draw(5 * 2 ** 32 + 7, 2).map((value) => value * 2 ** 32)).toEqual([2359046302, 834919931])
})

test('numbers are uniform in [0, 1)', () => {
  const bins = new Array<number>(100).fill(0)
  for (const value of draw(3, 100_000)) bins[Math.floor(value * 100)]!++
  const chiSquare = bins.reduce((sum, each) => sum + (each - 1000) ** 2 / 1000, 0)
  // Chi-square with 99 degrees of freedom: 99.99 % quantile 161, 0.01 % quantile 54.
  expect(chiSquare).toBeLessThan(161)
  expect(chiSquare).toBeGreaterThan(54)
})

test('shuffle gives every order equally often, and keeps every item', () => {
  const next = random(5)
  const seen = new Map<string, number>()
  for (let round = 0; round < 6000; round++) {
    const order = shuffle(Int32Array.of(0, 1, 2), next).join('')
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  expect([...seen.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210'])
  for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(150)
})

test('randomInteger stays below its bound', () => {
  const next = random(2)
  expect(new Set(Array.from({ length: 200 }, () => randomInteger(next, 4)))).toEqual(new Set([0, 1, 2, 3]))
})
