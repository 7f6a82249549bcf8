import { countsRows } from '../../../models/table/row-numbers.ts'
import { tableOf } from './tables.ts'

const column = (value: (row: number) => string, count = 50) =>
  tableOf(['x'], ...Array.from({ length: count }, (_, row) => [value(row)])).columns[0]!
const all = (count: number) => Int32Array.from({ length: count }, (_, row) => row)

test.each<readonly [string, (row: number) => string]>([
  ['from 0', String],
  ['down from 900', (row) => String(900 - row)],
  ['written as decimals', (row) => `${row + 1}.0`],
  ['in tens', (row) => String(1000 + 10 * row)],
  ['mixed', (row) => String((row * 7) % 50)],
])('a column that counts the rows %s', (_, value) => {
  expect(countsRows(column(value), all(50))).toBe(true)
  expect(
    countsRows(
      column(value),
      all(50).filter((row) => row % 5 !== 2),
    ),
  ).toBe(true)
})

test.each<readonly [string, (row: number) => string]>([
  ['that repeats', (row) => String(row >> 1)],
  ['with gaps', (row) => String(2 * row)],
  ['of fractions', (row) => String(row + 0.5)],
  ['of names', (row) => `c${row}`],
])('a column %s is not one', (_, value) => expect(countsRows(column(value), all(50))).toBe(false))

test('few rows are never taken for row numbers', () => expect(countsRows(column(String, 19), all(19))).toBe(false))
