import { joinTables } from '../../../models/table/join-tables.ts'
import { rowLocation } from '../../../models/table/table.ts'
import { tableOf } from './tables.ts'

const named = (file: string, lines: readonly number[]) => ({ file, lines: Int32Array.from(lines) })

test('rows follow each other, columns by name, each row with its own place', () => {
  const first = { ...tableOf(['a', 'b'], ['1', 'x'], ['2', 'y']), ...named('one.csv', [2, 3]), separator: ';' }
  const second = { ...tableOf(['c', 'b', 'a'], ['-', 'y', '3'], ['-', 'z', '1']), ...named('two.csv', [2, 4]) }
  const joined = joinTables(first, second)
  const cellsOf = (at: number) => Array.from(joined.columns[at]!.codes, (code) => joined.columns[at]!.cells[code])
  expect(joined.columns.map(({ name }) => name)).toEqual(['a', 'b'])
  expect([cellsOf(0), cellsOf(1)]).toEqual([
    ['1', '2', '3', '1'],
    ['x', 'y', 'y', 'z'],
  ])
  expect([joined.count, joined.separator, rowLocation(joined, 1), rowLocation(joined, 3)]).toEqual([
    4,
    ';',
    'one.csv:3',
    'two.csv:4',
  ])
})

test('a column that the second lacks is named', () => {
  const second = { ...tableOf(['b'], ['x']), file: 'two.csv' }
  expect(() => joinTables(tableOf(['a', 'b'], ['1', 'x']), second)).toThrow('two.csv has no column a. It has: b.')
})
