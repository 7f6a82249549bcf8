import { fitTableEncoding } from '../../../models/table/table-encoding.ts'
import { findOutOfRange, outOfRangeNote, rangesOf } from '../../../models/table/training-ranges.ts'
import { tableOf } from './tables.ts'

const table = tableOf(
  ['age', 'since', 'job', 'at'],
  ['30', '2026-01-05', 'clerk', '08:00'],
  ['50', '2026-02-01', 'farmer', '12:30'],
  ['', '2026-01-20', 'clerk', '09:15'],
  ['70', '2026-03-01', 'pilot', '12:00'],
  ['20', '', 'clerk', '07:00'],
  ['40', '2026-01-31', 'clerk', '08:30'],
)
const training = Int32Array.of(0, 1, 2)
const { encoding } = fitTableEncoding(table, training, { leftOut: new Set() })
const ranges = rangesOf(encoding, table, training)
const DAY_MS = 86_400_000

test('ranges cover the given rows alone, and only ordered columns', () => {
  expect(ranges).toEqual({
    age: [30, 50],
    since: [Date.UTC(2026, 0, 5) / DAY_MS, Date.UTC(2026, 1, 1) / DAY_MS],
    at: [8, 12.5],
  })
})

test('rows beyond them are counted once, and columns and sides named', () => {
  const beyond = findOutOfRange(encoding, ranges, table, Int32Array.of(3, 4, 5))
  expect(beyond).toMatchObject({ rows: 2, of: 3 })
  expect(beyond.columns.map(({ column, below, above }) => [column, below, above])).toEqual([
    ['age', 1, 1],
    ['since', 0, 1],
    ['at', 1, 0],
  ])
  expect(outOfRangeNote(encoding, table, beyond)).toBe(
    '2 of 3 rows are outside the range of the rows that the model learned from, so that their scores are extrapolated: age 1 below 30 and 1 above 50 ("70", row 4), since 1 above 2026-02-01 ("2026-03-01", row 4), at 1 below 8 ("07:00", row 5).',
  )
})

test('nothing is said of rows within them, nor by a model that knows no ranges', () => {
  expect(outOfRangeNote(encoding, table, findOutOfRange(encoding, ranges, table, training))).toBeUndefined()
  expect(findOutOfRange(encoding, {}, table, Int32Array.of(3, 4)).rows).toBe(0)
})
