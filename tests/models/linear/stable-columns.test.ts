import { onlyColumns, stableColumns } from '../../../models/linear/stable-columns.ts'
import { random } from '../../../models/random.ts'

const ROWS = 1000
const next = random(3)
const noise = () => Float64Array.from({ length: ROWS }, () => next() - 0.5)
const [held, flipped, none] = [noise(), noise(), noise()]
const trend = Float64Array.from({ length: ROWS }, (_, row) => row / ROWS + 0.1 * next())
const labels = Float64Array.from({ length: ROWS }, (_, row) => {
  const sign = row < ROWS / 2 ? 1 : -1
  return held[row]! + sign * flipped[row]! + 0.2 * (next() - 0.5) > 0 ? 1 : 0
})
const design = { count: ROWS, width: 4, columns: Float64Array.from([...held, ...flipped, ...none, ...trend]) }

test('a relation that changes sign does not count, nor a column that mostly encodes the time of the row', () => {
  expect([...stableColumns(design, labels)]).toEqual([1, 0, 1, 0])
})

test('columns that do not count are 0 in every row', () => {
  const { columns } = onlyColumns(design, Uint8Array.of(1, 0, 1, 0))
  expect(columns.subarray(0, ROWS)).toEqual(held)
  expect(columns.subarray(ROWS, 2 * ROWS).every((value) => value === 0)).toBe(true)
})
