import { joinTables } from '../../../../models/table/join-tables.ts'
import { tableData, type TableDataOptions } from '../../../../retrainer/training/tables/table-data.ts'
import { tableOf } from '../../../models/table/tables.ts'

const options: TableDataOptions = { target: 'y', drop: [], asCategories: [], seed: 1 }
const row = (i: number): readonly string[] => [
  `${(i * 37) % 101}.5`,
  ['Rom', 'Bonn'][i % 2]!,
  String((i * 5) % 3 === 0 ? 1 : 0),
]
const rows = Array.from({ length: 60 }, (_, i) => row(i))
const table = (...more: readonly (readonly string[])[]) => tableOf(['x', 'city', 'y'], ...rows, ...more)

test('sums and means below a table decide nothing, not even the kind of the target', () => {
  const mean = rows.reduce((sum, [x]) => sum + Number(x), 0) / rows.length
  const data = tableData(table(['', 'Summe', '20'], [mean.toFixed(2), 'Mittelwert', '0.33']), options)
  expect(data).toMatchObject({ kind: 'classification', positive: '1', data: { count: 60 } })
  expect(data.notes.filter((note) => note.includes('sums or means'))).toHaveLength(2)
})

const test20 = (write: (cells: readonly string[], i: number) => readonly string[]) =>
  tableOf(['x', 'city', 'y'], ...Array.from({ length: 20 }, (_, i) => write(row(i + 70), i)))

test.each<readonly [string, (cells: readonly string[]) => readonly string[], string]>([
  [
    'another decimal mark',
    ([x, city, y]) => [x!.replace('.', ','), city!, y!],
    'None of the 20 cells of x can be read',
  ],
  [
    'another spelling of classes',
    ([x, city, y]) => [x!, city!, y === '1' ? 'paid' : 'open'],
    'whose y no training row has',
  ],
])('a test of its own with %s is refused', (_, write, message) => {
  const names = tableOf(['x', 'city', 'y'], ...rows.map(([x, city, y]) => [x!, city!, y === '1' ? 'lost' : 'won']))
  const first = message.includes('training row') ? names : table()
  expect(() => tableData(joinTables(first, test20(write)), { ...options, testRows: 20 })).toThrow(message)
})

test('a test whose rate is written with another mark is refused', () => {
  const rates = tableOf(['z', 'y'], ...rows.map(([x], i) => [String(i % 7), x!]))
  const other = tableOf(['z', 'y'], ...rows.slice(0, 20).map(([x], i) => [String(i % 7), x!.replace('.', ',')]))
  expect(() => tableData(joinTables(rates, other), { ...options, testRows: 20 })).toThrow(
    'None of the 20 cells of y can be read',
  )
})

test('test rows that are copies of training rows are reported', () => {
  const wide = (count: number) =>
    tableOf(
      ['x', 'z', 'y'],
      ...Array.from({ length: count }, (_, i) => [
        `${((i % 60) * 37) % 101}.5`,
        `${((i % 60) * 53) % 97}`,
        String(i % 2),
      ]),
    )
  expect(tableData(wide(120), options).notes.join(' ')).toMatch(/\d+ of 24 test rows are the same as training rows/)
  expect(tableData(wide(60), options).notes.join(' ')).not.toContain('are the same as')
})
