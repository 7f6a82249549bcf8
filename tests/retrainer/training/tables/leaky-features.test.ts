import { random } from '../../../../models/random.ts'
import { leakyFeatures } from '../../../../retrainer/training/tables/leaky-features.ts'

const next = random(5)
const ROWS = 300
const noise = Array.from({ length: ROWS }, () => next())

function dataOf(labels: readonly number[], features: Readonly<Record<string, readonly number[]>>) {
  const names = Object.keys(features)
  return {
    count: labels.length,
    width: names.length,
    rows: Float32Array.from(labels.flatMap((_, row) => names.map((name) => features[name]![row]!))),
    texts: [],
    featureNames: names,
    labels: Float64Array.from(labels),
    times: new Float64Array(labels.length),
  }
}

const classes = noise.map((value) => (value > 0.7 ? 1 : 0))

test('copies of two classes, by value or beyond a bound, and no others', () => {
  const data = dataOf(classes, {
    copy: classes.map((label) => 1 - label),
    bound: noise.map((value) => 3 - value),
    near: noise.map((value, row) => (row % 20 === 0 ? next() : value)),
    constant: noise.map(() => 5),
    noise: noise.map(() => next()),
    ids: noise.map((_, row) => row),
  })
  expect(leakyFeatures(data, 'classification')).toEqual(['copy', 'bound'])
})

test('a constant is no copy of a class that nearly every row has', () => {
  const rare = noise.map((_, row) => (row < 2 ? 1 : 0))
  expect(leakyFeatures(dataOf(rare, { constant: noise.map(() => 5) }), 'classification')).toEqual([])
})

test('copies in a small table, in which a rare class is not predicted by chance', () => {
  const few = noise.slice(0, 24).map((_, row) => (row % 4 === 0 ? 1 : 0))
  const features = { copy: few.map((label) => 2 - label), other: few.map((_, row) => row % 3) }
  expect(leakyFeatures(dataOf(few, features), 'classification')).toEqual(['copy'])
  const single = few.map((_, row) => (row === 7 ? 1 : 0))
  expect(leakyFeatures(dataOf(single, { same: single }), 'classification')).toEqual([])
})

test('copies of several classes and of a rate', () => {
  const several = noise.map((value) => Math.floor(4 * value))
  expect(leakyFeatures(dataOf(several, { code: several.map((one) => 7 * one), noise }), 'classification')).toEqual([
    'code',
  ])
  const rate = noise.map((value) => 5 - 2 * value)
  expect(leakyFeatures(dataOf(rate, { line: noise, square: noise.map((x) => x * x * x) }), 'regression')).toEqual([
    'line',
  ])
})
