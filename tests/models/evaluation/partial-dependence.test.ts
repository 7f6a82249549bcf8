import {
  averagePartialDependence,
  partialDependenceBatch,
  planPartialDependence,
} from '../../../models/evaluation/partial-dependence.ts'
import type { Batch, Dataset } from '../../../models/model.ts'

const NAMES = ['red', 'green', 'blue']

/**
 * Column 0 is a number that is missing in every tenth row, column 1 a category, in which codes above 2 count as other.
 */
function dataOf(count: number): Dataset {
  return {
    count,
    width: 2,
    rows: Float32Array.from({ length: 2 * count }, (_, cell) => {
      const row = cell >> 1
      if (cell % 2 === 1) return row % 7 === 0 ? 3 : row % 3 === 0 ? 1 : 2
      return row % 10 === 0 ? Number.NaN : row
    }),
    texts: [],
    featureNames: ['amount', 'colour'],
    labels: new Float64Array(count),
    times: new Float64Array(count).fill(Number.NaN),
    categories: [null, NAMES],
  }
}

const score = ({ rows, count, width }: Batch): Float64Array =>
  Float64Array.from({ length: count }, (_, row) => {
    const amount = rows[row * width]!
    return (Number.isNaN(amount) ? 0 : amount) * 2 + rows[row * width + 1]! * 100
  })

describe('partial dependence', () => {
  it('moves as the model does, with the other columns as they are', () => {
    const data = dataOf(40)
    const plan = planPartialDependence(data, 1, { seed: 1 })
    const batch = partialDependenceBatch(data, plan)
    expect(batch.count).toBe(plan.values.length * 40)
    const { points, kind, feature } = averagePartialDependence(plan, score(batch))
    const meanAmount =
      score({ ...data, rows: data.rows.map((value, cell) => (cell % 2 === 1 ? 0 : value)) }).reduce((a, b) => a + b) /
      40
    expect({ kind, feature }).toEqual({ kind: 'category', feature: 'colour' })
    expect(points.map(({ name }) => name)).toEqual(['blue', 'green', 'any other'])
    for (const { value, meanScore } of points) expect(meanScore).toBeCloseTo(meanAmount + 100 * value, 9)
  })

  it('uses all values if there are few, else quantiles that occur', () => {
    expect(planPartialDependence(dataOf(8), 0, { seed: 1 }).values).toEqual([1, 2, 3, 4, 5, 6, 7, Number.NaN])
    const values = planPartialDependence(dataOf(2000), 0, { seed: 1, valuesMax: 5 }).values.slice(0, -1)
    expect(values).toHaveLength(5)
    // All amounts but every tenth are known: quantiles over 1,800 of them.
    values.forEach((value, i) => {
      expect(Math.abs(value - 2000 * (0.05 + 0.225 * i))).toBeLessThan(4)
      expect(value % 10).not.toBe(0)
    })
  })

  it('gives the score of missing values, and their share', () => {
    const data = dataOf(40)
    const plan = planPartialDependence(data, 0, { seed: 1 })
    const { points, missing } = averagePartialDependence(plan, score(partialDependenceBatch(data, plan)))
    const colours = data.rows.filter((_, cell) => cell % 2 === 1)
    expect(points.every(({ value }) => value % 10 !== 0)).toBe(true)
    expect(missing!.share).toBeCloseTo(0.1, 12)
    expect(missing!.meanScore).toBeCloseTo((100 * colours.reduce((sum, code) => sum + code, 0)) / 40, 9)
    const complete = planPartialDependence(data, 1, { seed: 1 })
    expect(averagePartialDependence(complete, score(partialDependenceBatch(data, complete))).missing).toBeUndefined()
  })

  it('samples some of many rows by the seed', () => {
    const data = dataOf(2000)
    const { rows } = planPartialDependence(data, 0, { seed: 3 })
    expect(rows).toHaveLength(500)
    expect(new Set(rows).size).toBe(500)
    expect(planPartialDependence(data, 0, { seed: 3 }).rows).toEqual(rows)
    expect(planPartialDependence(data, 0, { seed: 4 }).rows).not.toEqual(rows)
  })

  it('has no points if no value is known', () => {
    const data = { ...dataOf(5), rows: new Float32Array(10).fill(Number.NaN) }
    const plan = planPartialDependence(data, 0, { seed: 1 })
    const batch = partialDependenceBatch(data, plan)
    expect(batch.count).toBe(0)
    expect(averagePartialDependence(plan, new Float64Array(0)).points).toEqual([])
  })
})
