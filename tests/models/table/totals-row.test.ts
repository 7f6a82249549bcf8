import { isTotalsRow, totalsRows } from '../../../models/table/totals-row.ts'
import { tableOf } from './tables.ts'

const rows = Array.from({ length: 8 }, (_, one) => ['a', String(one + 1), 'x'])

test.each([
  ['a word', ['Total:', '3', 'x'], true],
  ['a word in another language', ['合计', '', ''], true],
  ['the sum beside a missing cell', ['', '36', 'x'], true],
  ['the sum, but nothing is missing', ['a', '36', 'x'], false],
  ['the mean beside its word', ['Mittelwert', '4.5', ''], true],
  ['a word for means beside another number', ['Media', '3', 'x'], false],
  ['another number', ['', '35', 'x'], false],
])('%s', (_, last, is) => expect(isTotalsRow(tableOf(['c', 'n', 'k'], ...rows, last), 8)).toBe(is))

test('a name that other rows have too is a name', () => {
  const stations = Array.from({ length: 8 }, (_, one) => [one % 2 === 0 ? 'Total' : 'Shell', String(one)])
  expect(isTotalsRow(tableOf(['brand', 'n'], ...stations, ['Total', '3']), 8)).toBe(false)
})

test('several such rows at the end are found together', () => {
  const table = tableOf(['c', 'n', 'k'], ...rows, ['Total', '36', ''], ['Average', '4.5', ''])
  expect(totalsRows(table, 10)).toEqual([8, 9])
  expect(totalsRows(table, 8)).toEqual([])
})
