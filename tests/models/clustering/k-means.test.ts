import fc from 'fast-check'
import { kMeans, type Points } from '../../../models/clustering/k-means.ts'
import { random } from '../../../models/random.ts'

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  ...{ values: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]?.length ?? 1 },
})
const numbers = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
  ...{ minLength: 1, maxLength: 40 },
})

test('finds two heaps, each centre their mean', () => {
  const { centres, nearest, inertia } = kMeans(pointsOf([[0], [1], [10], [11]]), 2, random(1))!
  expect([...centres].sort((a, b) => a - b)).toEqual([0.5, 10.5])
  expect([nearest[0], nearest[2]]).toEqual([nearest[1], nearest[3]])
  expect(inertia).toBe(1)
})

test('each row is at its nearest centre, and each centre is the mean of its rows', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 5 }), fc.integer(), (rows, clusters, seed) => {
      const found = kMeans(pointsOf(rows), clusters, random(Math.abs(seed)))
      const different = new Set(rows.map(String)).size
      expect(found === undefined).toBe(different < clusters)
      if (found === undefined) return
      const centre = (at: number) => found.centres.subarray(at * 2, at * 2 + 2)
      const distance = ([x, y]: readonly number[], at: number) =>
        (x! - centre(at)[0]!) ** 2 + (y! - centre(at)[1]!) ** 2
      for (const [row, at] of found.nearest.entries())
        for (let other = 0; other < clusters; other++)
          expect(distance(rows[row]!, at)).toBeLessThanOrEqual(distance(rows[row]!, other) + 1e-9)
      const sum = rows.reduce((total, row, at) => total + distance(row, found.nearest[at]!), 0)
      expect(found.inertia).toBeCloseTo(sum, 6)
    }),
  )
})

test('without rows there are no clusters', () => expect(kMeans(pointsOf([]), 2, random(1))).toBeUndefined())
