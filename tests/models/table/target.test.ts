import { inferFileNumberFormat } from '../../../models/table/number-format.ts'
import { inferTarget, readTarget, readTimes, unknownClasses, type TargetOptions } from '../../../models/table/target.ts'
import type { Table } from '../../../models/table/table.ts'
import { tableOf } from './tables.ts'

const column = (...cells: readonly string[]) => tableOf(['y'], ...cells.map((cell) => [cell]))
const style = (table: Table) =>
  inferFileNumberFormat(
    table,
    Int32Array.from({ length: table.count }, (_, row) => row),
  )
const read = (table: Table, options?: TargetOptions) =>
  readTarget(table, inferTarget(table, 'y', style(table), options))
const times = (table: Table) => readTimes(table, 'y').times

test('two cells are classes, more numbers are rates, and rows without a label are left out', () => {
  expect(read(column('no', 'yes', '', 'no'))).toEqual({
    kind: 'classification',
    rows: Int32Array.of(0, 1, 3),
    labels: Float64Array.of(0, 1, 0),
    positive: 'yes',
    classes: null,
    unread: [],
  })
  expect(read(column('0.5', '1', '2'))).toMatchObject({
    kind: 'regression',
    labels: Float64Array.of(0.5, 1, 2),
    positive: null,
  })
  expect(read(column('0', '1', '1'), { kind: 'regression' }).kind).toBe('regression')
})

test('one of several values may be the positive one, and the others are reported', () => {
  const table = column('a', 'b', 'c', 'b')
  expect(read(table, { positive: 'b' })).toMatchObject({ labels: Float64Array.of(0, 1, 0, 1), positive: 'b' })
  expect(inferTarget(table, 'y', style(table), { positive: 'b' }).note).toBe('all but "b" count as 0: "a", "c"')
  expect(read(column('good', 'bad')).positive).toBe('good')
})

test('spaces around a label, and .0 after a code, make no other label', () => {
  expect(read(column('no', 'yes', 'yes ', '\u00A0no'))).toMatchObject({
    labels: Float64Array.of(0, 1, 1, 0),
    positive: 'yes',
  })
  expect(read(column('no', 'yes '), { positive: ' yes' }).labels).toEqual(Float64Array.of(0, 1))
  expect(read(column('0', '1.0', '1'), { positive: '1.0' })).toMatchObject({
    labels: Float64Array.of(0, 1, 1),
    positive: '1',
  })
})

test('rates are read in the style of their column, and an invalid cell leaves its row out', () => {
  const rates = column('1.234,5', '0,443', '2', '7', '8', '9', '3', '4', '5', '6,5', 'x', '#DIV/0!')
  expect(read(rates)).toMatchObject({
    labels: Float64Array.of(1234.5, 0.443, 2, 7, 8, 9, 3, 4, 5, 6.5),
    unread: [
      { cell: 'x', row: 10 },
      { cell: '#DIV/0!', row: 11 },
    ],
  })
  expect(read(column('0', '1', '#REF!', '1')).labels).toEqual(Float64Array.of(0, 1, 1))
})

test('more values are several classes, in numeric order if they are numbers', () => {
  const names = column('c', 'a', 'b', 'a', '', 'c', 'b')
  expect(read(names)).toMatchObject({ kind: 'classification', positive: null, classes: ['a', 'b', 'c'] })
  expect([...read(names).labels]).toEqual([2, 0, 1, 0, 2, 1])
  const grades = column('10', '9', '2', '2', '9', '10')
  expect(read(grades)).toMatchObject({ kind: 'regression', classes: null })
  expect(read(grades, { kind: 'classification' })).toMatchObject({ classes: ['2', '9', '10'] })
  // With a named positive class there are two classes.
  expect(read(names, { positive: 'c' })).toMatchObject({ positive: 'c', classes: null })
})

test('a bad cell among classes that are numbers is missing, and no class', () => {
  const cells = [...Array.from({ length: 20 }, (_, i) => String(i % 2)), 'x']
  expect(read(column(...cells))).toMatchObject({ positive: '1', unread: [{ cell: 'x', row: 20 }] })
  expect(read(column(...cells), { positive: '1' }).rows).toHaveLength(20)
})

test.each([
  [column('', 'NA'), {}, 'The target y is missing in every row.'],
  [column('yes', 'yes '), {}, 'The target y is "yes" in every row: with a single class there is nothing to learn.'],
  [column('a', 'b', 'c'), {}, 'The target y has 3 different cells ("a", "b", "c") in 3 rows: these are no classes.'],
  [column('a', 'b'), { positive: 'z' }, 'The target y is never "z". It has: "a", "b".'],
  [column('1', 'b'), { kind: 'regression' as const }, 'The target y has the cell "b", which is no number'],
  [tableOf(['y'], ['57.652'], ['1,234'], ['3']), {}, 'nothing says whether the mark is a decimal one'],
])('a target that can’t be learned is reported: %#', (table, options, message) => {
  expect(() => read(table, options)).toThrow(message)
})

test('times are dates, times of day or numbers, and an invalid cell is named with its place', () => {
  expect([...times(column('2026-01-01', '02.01.2026'))]).toEqual([Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2)])
  expect([...times(column('31-12-2025', '01-02-2026'))]).toEqual([Date.UTC(2025, 11, 31), Date.UTC(2026, 1, 1)])
  expect([...times(column('5', '7,5'))]).toEqual([5, 7.5])
  expect([...times(column('10:00', '11:30'))]).toEqual([10, 11.5])
  expect(() => times(column('5', 'later'))).toThrow('The time y of row 2 is "later"')
  const table = { ...column('5', ''), file: 'a.csv', lines: Int32Array.of(2, 5) }
  expect(() => times(table)).toThrow('The time y of a.csv:5 is ""')
})

test.each([
  [['Ja', 'Nein'], 'Ja'],
  [['Oui', 'Non'], 'Oui'],
  [['FALSCH', 'WAHR'], 'WAHR'],
  [['是', '否'], '是'],
  [['1', '0'], '1'],
])('of %j it is %s that counts, without a guess', (cells, positive) => {
  expect(inferTarget(column(...cells), 'y', style(column(...cells)))).toMatchObject({ positive, note: '' })
})

test('which of two counts is said where it is a guess', () => {
  const decided = (...cells: readonly string[]) => inferTarget(column(...cells), 'y', style(column(...cells)))
  expect(decided('1', '2')).toMatchObject({
    positive: '1',
    note: expect.stringContaining('which is a guess') as string,
  })
  expect(decided('stayed', 'left').note).toContain('"stayed" counts as 1 and "left" as 0, which is a guess')
})

test('yes and no in large letters and small are two classes, and a class of few rows is named', () => {
  expect(read(column('YES', 'no', 'Yes', 'NO'))).toMatchObject({ labels: Float64Array.of(1, 0, 1, 0), classes: null })
  const rare = column(...Array.from({ length: 20 }, (_, row) => ['a', 'b'][row % 2]!), 'aa')
  expect(inferTarget(rare, 'y', style(rare)).note).toContain('fewer than 5 rows: "aa" (1)')
})

const repeated = (cells: readonly string[], count: number) =>
  Array.from({ length: count }, (_, i) => cells[i % cells.length]!)

test('words for yes and no in two styles are two classes, which is reported', () => {
  const cells = column('yes', '1', 'no', 'false', '0', 'n', 'yes')
  expect(read(cells)).toMatchObject({ labels: Float64Array.of(1, 1, 0, 0, 0, 0, 1), positive: 'yes', classes: null })
  expect(inferTarget(cells, 'y', style(cells)).note).toContain('words for yes and no are read as "yes" and "no"')
  // None, one and two rings are no answers.
  expect(read(column('n', 'o', 't', 'n', 'o', 't')).classes).toEqual(['n', 'o', 't'])
})

test.each([
  [[...repeated(['0', '1'], 40), '0.5'], 'The target y is 0 or 1 but for "0.5" (1 row)'],
  [[...repeated(['0', '1'], 40), '-9', '-9'], '"-9" (2 rows): empty those cells'],
  [repeated(['2026-01-05', '2026-02-07', '2026-03-09'], 30), 'The target y holds dates, "2026-01-05" for example'],
  [repeated(['10:00:00', '26:30:00', '31:15:00'], 30), 'The target y holds times or durations'],
  [repeated(['€ 5', '$ 6', '€ 7', '$ 8'], 6), 'these are no classes'],
])('a target that is neither two classes nor a rate is refused: %#', (cells, message) => {
  expect(() => read(column(...cells))).toThrow(message)
})

test('few integers are a rate, which is reported; among many numbers a word is missing', () => {
  const few = column(...repeated(['0', '1', '2'], 30))
  expect(inferTarget(few, 'y', style(few))).toMatchObject({
    kind: 'regression',
    note: 'its 3 different numbers are read as a rate; --task classify reads them as classes',
  })
  const rates = column(...Array.from({ length: 100 }, (_, i) => (i % 4 === 0 ? 'unknown' : String(i * 1.5))))
  expect(read(rates)).toMatchObject({ kind: 'regression', rows: { length: 75 }, unread: { length: 25 } })
})

test.each([
  [['Yes', 'No'], 'yes', 'Yes'],
  [['1,200', '300'], '1200', '1,200'],
  [['50 %', '10 %'], '50%', '50 %'],
])('of %j the positive one may be given as %s', (cells, positive, found) => {
  expect(read(column(...repeated(cells, 20)), { positive }).positive).toBe(found)
})

test('a class with very few rows is reported', () => {
  const rare = column(...repeated(['no'], 30), 'yes')
  expect(inferTarget(rare, 'y', style(rare)).note).toBe('only 1 row of "yes": too few to measure by')
})

test('classes that the given rows lack are found in others', () => {
  const table = column(...repeated(['>50K', '<=50K'], 20), '>50K.', ' <=50K')
  const first = Int32Array.from({ length: 20 }, (_, row) => row)
  const reading = inferTarget(table, 'y', style(table), {}, first)
  expect(reading).toMatchObject({ kind: 'classification', positive: '>50K', zeros: ['<=50K'] })
  expect(unknownClasses(table, reading, Int32Array.of(20, 21))).toEqual(['>50K.'])
  const named = inferTarget(column('a', 'b', 'c'), 'y', style(table), { positive: 'a' })
  expect(unknownClasses(column('a', 'd'), named, Int32Array.of(0, 1))).toEqual([])
})
