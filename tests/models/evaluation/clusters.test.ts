import fc from 'fast-check'
import { bootstrapInterval } from '../../../models/evaluation/bootstrap.ts'
import { clustersOf, singletonClusters } from '../../../models/evaluation/clusters.ts'
import { metricIntervals } from '../../../models/evaluation/metric-intervals.ts'
import { random } from '../../../models/random.ts'

test('every row is in the cluster of its name, once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 }), (names) => {
      const { count, starts, members } = clustersOf(names)
      expect(count).toBe(new Set(names).size)
      expect([...members].sort((one, other) => one - other)).toEqual([...names.keys()])
      for (let cluster = 0; cluster < count; cluster++)
        expect(new Set([...members.subarray(starts[cluster], starts[cluster + 1])].map((row) => names[row])).size).toBe(
          1,
        )
    }),
  )
})

test('single rows are drawn as clusters of one', () => {
  const mean = (rows: Int32Array) => rows.reduce((sum, row) => sum + row, 0) / rows.length
  const alone = bootstrapInterval(20, mean, { seed: 1 })
  expect(bootstrapInterval(20, mean, { seed: 1, clusters: clustersOf([...Array(20).keys()]) })).toEqual(alone)
  expect(singletonClusters(3)).toEqual(clustersOf(['x', 'y', 'z']))
})

test('ten equal rows of each customer carry no more information than one: intervals have the same width', () => {
  const next = random(5)
  const values = Float64Array.from({ length: 40 }, () => next())
  const repeated = Float64Array.from({ length: 400 }, (_, row) => values[Math.floor(row / 10)]!)
  const meanOf = (of: Float64Array) => (rows: Int32Array) => rows.reduce((sum, row) => sum + of[row]!, 0) / rows.length
  const clusters = clustersOf(Array.from(repeated, (_, row) => Math.floor(row / 10)))
  const single = bootstrapInterval(40, meanOf(values), { seed: 1 })
  const together = bootstrapInterval(400, meanOf(repeated), { seed: 1, clusters })
  expect(together.lower).toBeCloseTo(single.lower, 10)
  expect(together.upper).toBeCloseTo(single.upper, 10)
  const torn = bootstrapInterval(400, meanOf(repeated), { seed: 1 })
  expect(torn.upper - torn.lower).toBeLessThan(0.5 * (together.upper - together.lower))
})

test('metrics of a model are resampled by customer', () => {
  const next = random(7)
  const labels = Float64Array.from({ length: 300 }, (_, row) => Math.floor(row / 10) % 2)
  const noise = Float64Array.from({ length: 30 }, () => next())
  const scores = labels.map((label, row) => 0.3 * label + 0.7 * noise[Math.floor(row / 10)]!)
  const clusters = clustersOf(Array.from(labels, (_, row) => Math.floor(row / 10)))
  const width = (of: ReturnType<typeof metricIntervals>) => of['auc']!.upper - of['auc']!.lower
  const torn = metricIntervals('classification', labels, scores, { seed: 1 })
  expect(width(metricIntervals('classification', labels, scores, { seed: 1, clusters }))).toBeGreaterThan(
    2 * width(torn),
  )
})
