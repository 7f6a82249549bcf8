import fc from 'fast-check'
import { unitHash } from '../../../features/string-hash.ts'
import { createRowSample } from '../../../retrainer/lifecycle/row-sample.ts'

function sampleOf(rows: readonly string[], rowsMax: number) {
  const sample = createRowSample<string>(rowsMax, (row) => row)
  for (const row of rows) sample.add(row)
  return sample.finish()
}

test('all rows are kept, in order, while there are no more than the maximum', () => {
  const rows = Array.from({ length: 7 }, (_, index) => `r${index}`)
  for (const rowsMax of [7, 8, 100])
    expect(sampleOf(rows, rowsMax)).toEqual({ rows, sampling: { available: 7, rowsMax, olderShare: 1 } })
  expect(sampleOf([], 4)).toEqual({ rows: [], sampling: { available: 0, rowsMax: 4, olderShare: 1 } })
})

test('equals a plain search: the newest half, and of older rows those with the smallest hashes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 40 }), (count, rowsMax) => {
      const rows = Array.from({ length: count }, (_, index) => `row ${index}`)
      const newestFrom = Math.max(0, count - Math.ceil(rowsMax / 2))
      const older = rows.slice(0, newestFrom)
      const chosen = new Set(
        older.toSorted((one, other) => unitHash(one) - unitHash(other)).slice(0, Math.floor(rowsMax / 2)),
      )
      const { rows: kept, sampling } = sampleOf(rows, rowsMax)
      expect(kept).toEqual([...older.filter((row) => chosen.has(row)), ...rows.slice(newestFrom)])
      expect(sampling.olderShare).toBe(older.length === 0 ? 1 : chosen.size / older.length)
    }),
  )
})

test('a sample of a longer stream keeps no more than the maximum', () => {
  const rows = Array.from({ length: 50_000 }, (_, index) => `row ${index}`)
  const { rows: kept, sampling } = sampleOf(rows, 1_000)
  expect(kept).toHaveLength(1_000)
  expect(kept.slice(500)).toEqual(rows.slice(-500))
  expect(sampling).toEqual({ available: 50_000, rowsMax: 1_000, olderShare: 500 / 49_500 })
})
