import fc from 'fast-check'
import { meanSilhouette } from '../../../models/clustering/silhouette.ts'

const mean = (values: readonly number[], clusters: readonly number[], count: number) =>
  meanSilhouette(
    { values: Float64Array.from(values), rows: values.length, columns: 1 },
    Int32Array.from(clusters),
    count,
  )

test('is how much nearer the own cluster is than the next one', () => {
  // Mean distances of point 0: 1 to its own cluster, 10.5 to the other; of point 1: 1 and 9.5; the other two are
  // symmetric.
  expect(mean([0, 1, 10, 11], [0, 0, 1, 1], 2)).toBeCloseTo((9.5 / 10.5 + 8.5 / 9.5) / 2, 12)
  expect(mean([0, 10, 1, 11], [0, 0, 1, 1], 2)).toBeLessThan(0)
})

test('a row that is alone counts as 0, and so does a single cluster', () => {
  expect(mean([0, 5], [0, 1], 2)).toBe(0)
  expect(mean([0, 5], [0, 0], 1)).toBe(0)
  expect(mean([3, 3, 3, 3], [0, 0, 1, 1], 2)).toBe(0)
})

test('is from −1 to 1', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.nat({ max: 3 })), { minLength: 1, maxLength: 20 }), (rows) => {
      const silhouette = mean(
        rows.map(([value]) => value),
        rows.map(([, cluster]) => cluster),
        4,
      )
      expect(Math.abs(silhouette)).toBeLessThanOrEqual(1)
    }),
  )
})
