import { encodeTable, featuresOf, fitTableEncoding } from '../../../models/table/table-encoding.ts'
import { tableOf } from './tables.ts'

const table = tableOf(
  ['id', 'age', 'job', 'since', 'rate', 'same', 'empty', 'answer'],
  ['a1', '30', 'clerk', '2026-11-23', '1,5', 'x', '', 'no'],
  ['a2', '', 'farmer', '2026-11-24', '2,5', 'x', 'NA', 'yes'],
  ['a3', '50', 'clerk', '', '', 'x', '?', 'no'],
)
const rows = Int32Array.of(0, 1, 2)
const leftOut = new Set(['answer', 'id'])

test('columns are numbers, dates or categories, and what tells nothing is left out with the reason', () => {
  const { encoding, report } = fitTableEncoding(table, rows, { leftOut })
  expect(encoding).toEqual([
    { kind: 'number', column: 'age', style: 'point' },
    { kind: 'category', column: 'job', categories: ['clerk', 'farmer'] },
    { kind: 'date', column: 'since' },
    { kind: 'number', column: 'rate', style: 'comma' },
  ])
  expect(featuresOf(encoding).names).toEqual(['age', 'job', 'since', 'since.weekday', 'since.month', 'rate'])
  expect(report.map(({ column, kind, missing, note }) => [column, kind, missing, note])).toEqual([
    ['age', 'number', 1, ''],
    ['job', 'category', 0, ''],
    ['since', 'date', 1, ''],
    ['rate', 'number', 1, 'decimal comma'],
    ['same', 'left out', 0, 'every known cell is "x"'],
    ['empty', 'left out', 3, 'every cell is missing'],
  ])
})

test('rows become numbers; missing cells NaN, other categories the next code', () => {
  const { encoding } = fitTableEncoding(table, rows, { leftOut })
  const other = tableOf(['rate', 'since', 'job', 'age'], ['0,5', '2026-12-31', 'pilot', '7'], ['', '', '', ''])
  const { rows: numbers, width, strange } = encodeTable(encoding, other)
  expect(width).toBe(6)
  const days = Date.UTC(2026, 11, 31) / 86_400_000
  expect([...numbers.subarray(0, 6)]).toEqual([7, 2, days, 3, 11, 0.5])
  expect([...numbers.subarray(6)]).toEqual(new Array(6).fill(Number.NaN))
  expect(strange).toEqual([])
})

test('what is learned of a column is learned from the given rows alone', () => {
  const { encoding } = fitTableEncoding(table, Int32Array.of(0, 2), { leftOut })
  expect(encoding.map(({ column }) => column)).toEqual(['age', 'since', 'rate'])
})

test('a cell that is no number where numbers are is missing, and said', () => {
  const { encoding } = fitTableEncoding(table, rows, { leftOut })
  const { rows: numbers, strange } = encodeTable(
    encoding,
    tableOf(['age', 'job', 'since', 'rate'], ['old', 'clerk', 'soon', '1,5'], ['old', 'clerk', '', '1,5']),
  )
  expect(numbers[0]).toBe(Number.NaN)
  expect(strange).toEqual([
    { column: 'age', count: 2, example: 'old' },
    { column: 'since', count: 1, example: 'soon' },
  ])
})

test.each(['Infinity', '-inf', '1e39'])('%s is refused with its column', (cell) => {
  const numbers = tableOf(['x'], ['1'], ['2'])
  const { encoding } = fitTableEncoding(numbers, Int32Array.of(0, 1), { leftOut: new Set() })
  expect(() => encodeTable(encoding, tableOf(['x'], [cell]))).toThrow(
    `Column x has the cell ${JSON.stringify(cell)}: a number must be finite`,
  )
})

test('a column that is not there is named, and those that are', () => {
  const { encoding } = fitTableEncoding(table, rows, { leftOut })
  expect(() => encodeTable(encoding, tableOf(['age', 'wages'], ['1', '2']))).toThrow(
    'The table has no column job, since, rate, which the model was trained on. It has: age, wages.',
  )
})

test('the rarest of many categories are one, names of every row are left out, numbers may be names', () => {
  const lines = Array.from({ length: 400 }, (_, i) => [
    `city ${Math.floor(Math.sqrt(i * 3))}`,
    `person ${i}`,
    String(i % 3),
  ])
  const many = tableOf(['city', 'name', 'code'], ...lines)
  const { encoding, report } = fitTableEncoding(many, Int32Array.from(lines.keys()), {
    leftOut: new Set(),
    categoriesMax: 5,
    asCategories: new Set(['code']),
  })
  expect(encoding.map(({ column, kind }) => [column, kind])).toEqual([
    ['city', 'category'],
    ['code', 'category'],
  ])
  expect(report[0]!.note).toMatch(/^the \d+ rarest are one category$/)
  expect(report[1]!.note).toContain('a name or free text')
})

test('a table of which nothing is left says why', () => {
  expect(() => fitTableEncoding(tableOf(['same'], ['x'], ['x']), Int32Array.of(0, 1), { leftOut: new Set() })).toThrow(
    'No column is left to learn from: same: every known cell is "x".',
  )
})
