import { chooseClusters } from '../../../models/clustering/choose-clusters.ts'
import type { Points } from '../../../models/clustering/k-means.ts'
import { random } from '../../../models/random.ts'

const next = random(3)
const heaps = (centres: readonly number[], each: number) =>
  Float64Array.from(centres.flatMap((centre) => Array.from({ length: each }, () => centre + next())))

function runAll(points: Points, clustersMax: number) {
  const steps = chooseClusters(points, clustersMax)
  for (let count = 0; ; count++) {
    const { done, value: chosen } = steps.next()
    if (done) return { chosen, count }
  }
}

test.each([
  [2, [0, 30]],
  [3, [0, 30, 70]],
  [5, [0, 10, 20, 30, 40]],
])('finds that there are %i heaps, and the same ones again', (heapCount, centres) => {
  const points = { values: heaps(centres, 300), rows: 300 * heapCount, columns: 1 }
  const { chosen, count } = runAll(points, 6)
  expect(chosen!.partition.centres).toHaveLength(heapCount)
  expect(chosen!.silhouettes).toHaveLength(5)
  expect(Math.max(...chosen!.silhouettes)).toBe(chosen!.silhouettes[heapCount - 2])
  expect(count).toBe(40)
  expect(runAll(points, 6).chosen).toEqual(chosen)
})

test('no more clusters than distinct rows; equal rows have none', () => {
  const of = (values: number[]) =>
    runAll({ values: Float64Array.from(values), rows: values.length, columns: 1 }, 6).chosen
  expect(of([1, 1, 2, 2, 9, 9])!.silhouettes).toHaveLength(2)
  expect(of([4, 4, 4])).toBeUndefined()
  expect(of([])).toBeUndefined()
})
