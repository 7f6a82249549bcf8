import { readTarget, readTimes } from '../../../models/table/target.ts'
import { tableOf } from './tables.ts'

const column = (...cells: readonly string[]) => tableOf(['y'], ...cells.map((cell) => [cell]))

test('two cells are classes, more numbers are rates, and rows without a label are left out', () => {
  expect(readTarget(column('no', 'yes', '', 'no'), 'y')).toEqual({
    kind: 'classification',
    rows: Int32Array.of(0, 1, 3),
    labels: Float64Array.of(0, 1, 0),
    positive: 'yes',
  })
  expect(readTarget(column('0.5', '1', '2'), 'y')).toMatchObject({
    kind: 'regression',
    labels: Float64Array.of(0.5, 1, 2),
    positive: null,
  })
  expect(readTarget(column('0', '1', '1'), 'y', { kind: 'regression' }).kind).toBe('regression')
})

test('one of several values may be what counts', () => {
  expect(readTarget(column('a', 'b', 'c', 'b'), 'y', { positive: 'b' })).toMatchObject({
    labels: Float64Array.of(0, 1, 0, 1),
    positive: 'b',
  })
  expect(readTarget(column('good', 'bad'), 'y').positive).toBe('good')
})

test.each([
  [column('', 'NA'), {}, 'The target y is missing in every row.'],
  [column('yes', 'yes'), {}, 'The target y is "yes" in every row: with a single class there is nothing to learn.'],
  [
    column('a', 'b', 'c'),
    {},
    'The target y has 3 different cells ("a", "b", "c"): say which of them is meant with --positive.',
  ],
  [column('a', 'b'), { positive: 'z' }, 'The target y is never "z". It has: "a", "b".'],
  [column('1', 'b'), { kind: 'regression' as const }, 'The target y has the cell "b", which is no number.'],
  [column('1', '2', 'inf'), {}, 'The target y has the cell "inf": a number must be finite.'],
])('what can not be learned is said: %#', (table, options, message) => {
  expect(() => readTarget(table, 'y', options)).toThrow(message)
})

test('times are dates or numbers, and a cell that is neither is named with its row', () => {
  expect([...readTimes(column('2026-01-01', '5'), 'y')]).toEqual([Date.UTC(2026, 0, 1), 5])
  expect(() => readTimes(column('5', 'later'), 'y')).toThrow('The time y of row 2 is "later"')
})
