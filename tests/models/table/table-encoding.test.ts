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

test('columns are numbers, dates or categories, and uninformative ones are left out with the reason', () => {
  const { encoding, report } = fitTableEncoding(table, rows, { leftOut })
  expect(encoding).toEqual([
    { kind: 'number', column: 'age', style: 'comma', whole: true },
    { kind: 'category', column: 'job', categories: ['clerk', 'farmer'] },
    { kind: 'date', column: 'since' },
    { kind: 'number', column: 'rate', style: 'comma' },
  ])
  expect(featuresOf(encoding).names).toEqual(['age', 'job', 'since', 'since.weekday', 'since.month', 'rate'])
  expect(report.map(({ column, kind, missing, note }) => [column, kind, missing, note])).toEqual([
    ['age', 'number', 1, 'decimal comma'],
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
  const { rows: numbers, width, unexpected } = encodeTable(encoding, other)
  expect(width).toBe(6)
  const days = Date.UTC(2026, 11, 31) / 86_400_000
  expect([...numbers.subarray(0, 6)]).toEqual([7, 2, days, 3, 11, 0.5])
  expect([...numbers.subarray(6)]).toEqual(new Array(6).fill(Number.NaN))
  expect(unexpected).toEqual([{ column: 'job', kind: 'unknown', count: 1, examples: [{ cell: 'pilot', row: 0 }] }])
})

test('a column is fitted to the given rows alone', () => {
  const { encoding } = fitTableEncoding(table, Int32Array.of(0, 2), { leftOut })
  expect(encoding.map(({ column }) => column)).toEqual(['age', 'since', 'rate'])
})

test('a cell without a number in a column of numbers is missing, and reported', () => {
  const { encoding } = fitTableEncoding(table, rows, { leftOut })
  const { rows: numbers, unexpected } = encodeTable(
    encoding,
    tableOf(['age', 'job', 'since', 'rate'], ['old', 'clerk', 'soon', '1,5'], ['old', 'clerk', '', '1,5']),
  )
  expect(numbers[0]).toBe(Number.NaN)
  expect(unexpected).toEqual([
    { column: 'age', kind: 'unread', count: 2, examples: [{ cell: 'old', row: 0 }] },
    { column: 'since', kind: 'unread', count: 1, examples: [{ cell: 'soon', row: 0 }] },
  ])
})

test.each(['Infinity', '-inf', '1e39'])('%s is no number that can be stored, and counts as missing', (cell) => {
  const numbers = tableOf(['x'], ['1'], ['2'])
  const { encoding } = fitTableEncoding(numbers, Int32Array.of(0, 1), { leftOut: new Set() })
  const { rows: read, unexpected } = encodeTable(encoding, tableOf(['x'], [cell]))
  expect(read[0]).toBe(Number.NaN)
  expect(unexpected[0]!.examples[0]!.cell).toBe(cell)
})

test('a missing column is named, with the existing ones', () => {
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

test('a table without usable columns is refused with the reasons', () => {
  expect(() => fitTableEncoding(tableOf(['same'], ['x'], ['x']), Int32Array.of(0, 1), { leftOut: new Set() })).toThrow(
    'No column is left to learn from: same: every known cell is "x".',
  )
})

const fit = (cells: readonly string[], more = {}) => {
  const one = tableOf(['x', 'other'], ...cells.map((cell, i) => [cell, String(i % 2)]))
  return fitTableEncoding(one, Int32Array.from(cells.keys()), { leftOut: new Set(), ...more })
}
const many = (write: (i: number) => string, count = 60) => Array.from({ length: count }, (_, i) => write(i))

test('a few cells without numbers leave a column numeric; more change its kind, which is reported', () => {
  const { encoding } = fit([...many((i) => String(i * 3), 57), 'x', '#DIV/0!', '#REF!'])
  expect(encoding[0]).toEqual({ kind: 'number', column: 'x', style: 'point', whole: true })
  const mixed = many((i) => (i % 5 === 0 ? `x${i}` : String(i * 3)))
  expect(fit(mixed).report[0]).toMatchObject({ kind: 'left out' })
  expect(fit(mixed).report[0]!.note).toContain('20 % of its cells are no numbers')
  expect(fit(mixed, { asNumbers: new Set(['x']) }).encoding[0]).toMatchObject({ kind: 'number' })
})

test('errors of a spreadsheet change no kind, however many there are', () => {
  expect(fit(many((i) => (i % 2 === 0 ? '#DIV/0!' : String(i * 3)))).encoding[0]).toMatchObject({ kind: 'number' })
})

test('a column that counts the rows is left out and named, unless it is asked for', () => {
  expect(fit(many(String)).report[0]).toMatchObject({
    kind: 'left out',
    note: 'it counts the rows; --numeric keeps it',
  })
  expect(fit(many(String), { asNumbers: new Set(['x']) }).encoding[0]).toMatchObject({ kind: 'number' })
})

test('integers that single precision merges become names if they are few, and are reported otherwise', () => {
  const few = fit(many((i) => String(1_000_000_000 + (i % 8))))
  expect(few.encoding[0]).toMatchObject({ kind: 'category' })
  expect(few.report[0]!.note).toContain('1000000000 and 1000000001 for example, so they are names')
  const beyond = fit(many((i) => `${1_234_567_890_123_456}${1000 + (i % 3)}`))
  expect(beyond.encoding[0]).toMatchObject({ kind: 'category' })
  const merged = fit(many((i) => String(16_777_216 + ((i * 17) % 1000)), 400))
  expect(merged.encoding[0]).toMatchObject({ kind: 'number' })
  expect(merged.report[0]!.note).toContain("can't be told from their neighbours in single precision")
  expect(fit(many((i) => String(1000 + i * 17))).report[0]!.note).toBe('')
})

test('times of day are hours; dates with one have it as a feature', () => {
  const { encoding } = fit(many((i) => `${i % 24}:30:00`))
  expect(encoding[0]).toEqual({ kind: 'time', column: 'x' })
  const dated = fit(many((i) => `${(i % 28) + 1}-03-2026 ${i % 24}:45`)).encoding
  expect(featuresOf(dated).names).toEqual(['x', 'x.weekday', 'x.month', 'x.hour', 'other'])
  const { rows: read } = encodeTable(dated, tableOf(['x', 'other'], ['02-01-2026 18:45', '0']))
  expect(read[1]).toBe(4)
  expect(read[3]).toBeCloseTo(18.75, 3)
})

test('codes 1 and 1.0 are one category, in the training rows and in new ones', () => {
  const { encoding } = fit(['1', '1.0', '2', '8', '8'], { asCategories: new Set(['x']) })
  expect(encoding[0]).toEqual({ kind: 'category', column: 'x', categories: ['1', '8', '2'], codes: true })
  const { rows: read, unexpected } = encodeTable(
    encoding,
    tableOf(['x', 'other'], ['8.0', '0'], [' 2', '0'], ['9', '0']),
  )
  expect([read[0], read[2], read[4]]).toEqual([1, 2, 3])
  expect(unexpected).toEqual([{ column: 'x', kind: 'unknown', count: 1, examples: [{ cell: '9', row: 2 }] }])
})

test('a model of an earlier version is read as before', () => {
  const { rows: read } = encodeTable(
    [
      { kind: 'number', column: 'a', style: 'comma' },
      { kind: 'category', column: 'b', categories: ['x ', 'y'] },
    ],
    tableOf(['a', 'b'], ['1,5', 'x']),
  )
  expect([...read]).toEqual([1.5, 0])
})

test('a few words among many numbers or dates are missing values, reported but not bad cells, in new rows too', () => {
  const numbers = many((i) => (i % 3 === 0 ? 'k.A.' : String(i * 1.5)), 90)
  const { encoding, report } = fit(numbers)
  expect(encoding[0]).toMatchObject({ kind: 'number', standIns: ['k.A.'] })
  expect(report[0]!.note).toBe('"k.A." in 30 rows counts as missing')
  const encoded = encodeTable(encoding, tableOf(['x', 'other'], ['k.A.', '0'], ['2.5', '0'], ['n.v.', '0']))
  expect([0, 2, 4].map((at) => encoded.rows[at])).toEqual([Number.NaN, 2.5, Number.NaN])
  expect(encoded.unexpected).toMatchObject([{ kind: 'unread', count: 1, examples: [{ cell: 'n.v.' }] }])
  const days = many((i) => (i % 4 === 0 ? 'never' : `20${10 + (i % 15)}-0${1 + (i % 9)}-${10 + (i % 17)}`), 200)
  expect(fit(days).encoding[0]).toMatchObject({ kind: 'date', standIns: ['never'] })
  // A few different numbers lose nothing as categories, and a name among them may be meaningful.
  expect(fit(many((i) => (i % 3 === 0 ? 'W' : String(i % 20)), 90)).encoding[0]).toMatchObject({ kind: 'category' })
})

test.each([
  ['-999 among shares', (i: number) => (i % 10 === 0 ? '-999' : String((i % 37) / 40)), '-999 in 9 rows lies far'],
  ['-1 among counts', (i: number) => (i % 10 === 0 ? '-1' : String(i % 37)), '-1 in 9 rows is the only number below 0'],
  ['-1 among differences', (i: number) => String((i % 5) - 2), ''],
  [
    'the moment 0 among dates',
    (i: number) => (i % 10 === 0 ? '1970-01-01' : `2020-01-${10 + (i % 20)}`),
    '1970-01-01 is read as such, far from all others',
  ],
  ['99 among ages', (i: number) => (i % 10 === 0 ? '99' : String(30 + (i % 37))), ''],
  [
    'names that differ by large letters',
    (i: number) => ['Rom', 'rom', 'Bonn'][i % 3]!,
    '"Rom" and "rom" are different names',
  ],
  [
    'letters that were lost',
    (i: number) => ['K\ufffdln', 'Bonn'][i % 2]!,
    'letters were lost when the file was written',
  ],
  [
    'amounts in two currencies',
    (i: number) => `${i % 2 === 0 ? '€' : '$'}${i % 7}.50`,
    'different currencies (EUR, USD)',
  ],
  ['years of another calendar', (i: number) => `1${i % 10}/11/25${60 + (i % 9)}`, 'years up to 2568 are read as such'],
  [
    'years of the Persian calendar',
    (i: number) => `14${i % 4}${i % 3}-0${1 + (i % 9)}-1${i % 10}`,
    'are read in the Gregorian calendar',
  ],
] as const)('%s', (_, cell, note) => expect(fit(many(cell, 90)).report[0]!.note).toContain(note))

test('names that differ in spaces or invisible characters are one name', () => {
  const names = ['New York', 'New\u00a0York', 'New  York', '\u200bBonn', 'Bonn\u200e']
  expect(fit(many((i) => names[i % 5]!, 60)).encoding[0]).toMatchObject({ categories: ['New York', 'Bonn'] })
})

test('words for yes and no of two programs are two categories', () => {
  expect(fit(many((i) => ['TRUE', '1', 'false', '0'][i % 4]!, 60)).encoding[0]).toMatchObject({
    kind: 'category',
    categories: ['no', 'yes'],
  })
  // The categories stand for none, one and two rings.
  expect(fit(many((i) => ['n', 'o', 't'][i % 3]!, 60)).encoding[0]).toMatchObject({ categories: ['n', 'o', 't'] })
})
