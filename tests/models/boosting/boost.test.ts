import fc from 'fast-check'
import { boost } from '../../../models/boosting/boost.ts'
import type { Forest } from '../../../models/boosting/forest.ts'
import { logLossOfMargins, squaredLoss } from '../../../models/boosting/loss.ts'
import { defaultBoosting } from '../../../models/boosting/options.ts'
import type { Dataset } from '../../../models/model.ts'
import { boosted, mixedData, plainMargin, rowOf, wholeTrees } from './forests.ts'

const data = mixedData(900)

function lossOf(forest: Forest, { count, labels, ...rows }: Dataset): number {
  const margins = Float64Array.from({ length: count }, (_, row) =>
    plainMargin(forest, rowOf({ count, labels, ...rows }, row)),
  )
  return logLossOfMargins.mean(labels, margins, null)
}

function rates(values: readonly (readonly number[])[], labels: readonly number[]): Dataset {
  return {
    count: values.length,
    width: values[0]!.length,
    rows: Float32Array.from(values.flat()),
    labels: Float64Array.from(labels),
    texts: values.map(() => null),
    times: new Float64Array(values.length).fill(Number.NaN),
    featureNames: values[0]!.map((_, feature) => `f${feature}`),
  }
}

const stump = {
  ...defaultBoosting,
  ...wholeTrees,
  trees: 1,
  learningRate: 1,
  leavesMax: 2,
  leafRowsMin: 1,
  leafHessianMin: 0,
  l2: 0,
  earlyStoppingRounds: 0,
}

test('the first split is the one that reduces the squared error most, of all possible splits', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NaN))
  const row = fc.tuple(value, value, fc.integer({ min: -9, max: 9 }))
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 14 }), (rows) => {
      const set = rates(
        rows.map(([a, b]) => [a, b]),
        rows.map(([, , label]) => label),
      )
      const { forest } = boost({ train: set, validation: undefined, weights: null }, squaredLoss, stump, 1)
      const squaresOf = (labels: readonly number[]) => {
        const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length
        return labels.length === 0 ? 0 : labels.reduce((sum, label) => sum + (label - mean) ** 2, 0)
      }
      let least = squaresOf([...set.labels])
      for (const feature of [0, 1])
        for (let threshold = 0; threshold <= 7; threshold++)
          for (const missingLeft of [true, false]) {
            const left = (i: number) =>
              Number.isNaN(rows[i]![feature]!) ? missingLeft : rows[i]![feature]! <= threshold
            const [one, other] = [true, false].map((side) => [...set.labels].filter((_, i) => left(i) === side))
            least = Math.min(least, squaresOf(one!) + squaresOf(other!))
          }
      const reached = rows.reduce((sum, _, i) => sum + (set.labels[i]! - plainMargin(forest, rowOf(set, i))) ** 2, 0)
      expect(reached).toBeCloseTo(least, 3)
    }),
    { numRuns: 300 },
  )
})

test('each tree adds its share of the Newton step of its leaf', () => {
  const { forest } = boost(
    { train: rates([[0], [0], [1], [1]], [1, 3, 10, 14]), validation: undefined, weights: null },
    squaredLoss,
    { ...stump, learningRate: 0.5, l2: 1 },
    1,
  )
  // The mean is 7: the residuals on the left sum to −5, and are 5 per row on the right; with λ = 1 the step is Σ
  // residuals ∕ 3.
  expect(forest.bias).toBe(7)
  expect([...forest.values.subarray(1)]).toEqual([Math.fround((0.5 * -10) / 3), Math.fround((0.5 * 10) / 3)])
})

test('training loss falls with every tree, and trees end where the held-out loss is least', () => {
  const held = mixedData(900, 2)
  const { forest, rounds } = boosted(data, { trees: 400, learningRate: 0.3, earlyStoppingRounds: 10 }, held)
  const losses = rounds.map(({ validationLoss }) => validationLoss!)
  const best = losses.indexOf(Math.min(...losses))
  expect(rounds.length).toBe(best + 11)
  expect(forest.roots.length - 1).toBe(best + 1)
  expect(lossOf(forest, held)).toBeCloseTo(losses[best]!, 9)
  const sizes = [1, 5, 20, 60].map((trees) => lossOf(boosted(data, { trees }).forest, data))
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
})

test('no leaf has fewer rows, no tree more leaves or levels than allowed', () => {
  const { forest } = boosted(data, { trees: 10, leafRowsMin: 40, leavesMax: 7, depthMax: 4 })
  for (let tree = 0; tree < 10; tree++) {
    const nodes = Array.from(
      { length: forest.roots[tree + 1]! - forest.roots[tree]! },
      (_, i) => forest.roots[tree]! + i,
    )
    const leaves = nodes.filter((node) => forest.features[node] === -1)
    expect(leaves.length).toBeLessThanOrEqual(7)
    expect(leaves.reduce((sum, leaf) => sum + forest.covers[leaf]!, 0)).toBe(data.count)
    for (const leaf of leaves) expect(forest.covers[leaf]).toBeGreaterThanOrEqual(40)
  }
})

test('a rising feature never lowers the answer, a falling one never raises it, whatever the others are', () => {
  const train = mixedData(600, 4)
  const turned = { ...train, labels: train.labels.map((label, row) => (train.rows[row * 4]! > 60 ? 1 - label : label)) }
  const free = boosted(turned, { trees: 60, leavesMax: 16 })
  const rising = boosted(turned, { trees: 60, leavesMax: 16, monotone: { age: 1 } })
  const falling = boosted(turned, { trees: 60, leavesMax: 16, monotone: { age: -1, noise: 1 } })
  const along = (forest: Forest, row: Float32Array) =>
    Array.from({ length: 62 }, (_, age) => plainMargin(forest, [age + 18, ...row.subarray(1)]))
  const steps = (line: readonly number[]) => line.slice(1).map((value, i) => value - line[i]!)
  let turns = 0
  for (let index = 0; index < 40; index++) {
    const row = rowOf(train, index)
    expect(Math.min(...steps(along(rising.forest, row)))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...steps(along(falling.forest, row)))).toBeLessThanOrEqual(0)
    turns += steps(along(free.forest, row)).filter((step) => step < 0).length
  }
  expect(turns).toBeGreaterThan(0)
})

test('rows and columns are drawn by the seed', () => {
  const sampling = { trees: 30, rowShare: 0.5, columnShare: 0.5 }
  const forestOf = (seed: number) =>
    boost(
      { train: data, validation: undefined, weights: null },
      logLossOfMargins,
      { ...defaultBoosting, ...sampling },
      seed,
    ).forest
  expect(forestOf(1)).toEqual(forestOf(1))
  expect(forestOf(1)).not.toEqual(forestOf(2))
  expect(forestOf(1).covers[0]).toBe(450)
  expect(lossOf(forestOf(1), mixedData(900, 2))).toBeLessThan(0.6)
})

test('a row that weighs twice counts like two', () => {
  const set = rates(
    Array.from({ length: 30 }, (_, i) => [i % 10]),
    Array.from({ length: 30 }, (_, i) => (i * 7) % 11),
  )
  const twice = rates(
    [...Array.from({ length: 30 }, (_, i) => [i % 10]), [3], [3], [3]],
    [...set.labels, set.labels[3]!, set.labels[13]!, set.labels[23]!],
  )
  const weights = Float64Array.from(set.labels, (_, row) => (row % 10 === 3 ? 2 : 1))
  const options = { ...stump, trees: 5, leavesMax: 4 }
  const one = boost({ train: set, validation: undefined, weights }, squaredLoss, options, 1).forest
  const other = boost({ train: twice, validation: undefined, weights: null }, squaredLoss, options, 1).forest
  for (let value = 0; value < 10; value++) expect(plainMargin(one, [value])).toBeCloseTo(plainMargin(other, [value]), 5)
})

test('the most informative feature has the largest importance', () => {
  const { importance } = boosted(data, { trees: 30 })
  expect(importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
  const [age, income, colour, noise] = importance as [number, number, number, number]
  expect(Math.min(age, colour)).toBeGreaterThan(income)
  expect(noise).toBeLessThan(0.1)
})

test('if no split gains, the forest is the mean and a single leaf', () => {
  const constant = rates(
    Array.from({ length: 50 }, () => [1]),
    Array.from({ length: 50 }, (_, i) => i % 2),
  )
  const { forest, rounds } = boost({ train: constant, validation: undefined, weights: null }, squaredLoss, stump, 1)
  expect(rounds.length).toBe(1)
  expect(forest.features.every((feature) => feature === -1)).toBe(true)
  expect(plainMargin(forest, [1])).toBe(0.5)
})
