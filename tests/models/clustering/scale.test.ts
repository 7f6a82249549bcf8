import { scalePoints } from '../../../models/clustering/scale.ts'

const pointsOf = (values: readonly number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 })

test('columns get mean 0 and deviation 1; one value only stays 0', () => {
  const { scaled, scaling } = scalePoints({ values: Float64Array.from([1, 7, 3, 7]), rows: 2, columns: 2 })
  expect([...scaled.values]).toEqual([expect.closeTo(-1), 0, expect.closeTo(1), 0])
  expect([...scaling.means]).toEqual([2, 7])
  expect(scaling.deviations[1]).toBe(1)
})

test('one enormous number does not set the scale', () => {
  const usual = Array.from({ length: 1_000 }, (_, at) => at % 10)
  const { scaling } = scalePoints(pointsOf([...usual, 1e9]))
  expect(scaling.means[0]).toBeCloseTo(4.5, 1)
  expect(scaling.deviations[0]).toBeLessThan(3)
})

test('no rows are no trouble', () =>
  expect(scalePoints({ values: new Float64Array(), rows: 0, columns: 2 }).scaled.rows).toBe(0))
