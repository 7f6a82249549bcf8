import { mixedUnitsMessage } from '../../../models/table/units.ts'
import {
  inferNumberFormat,
  inferFileNumberFormat,
  readNumber,
  type FileNumberFormat,
} from '../../../models/table/number-format.ts'
import { tableOf } from './tables.ts'

const none: FileNumberFormat = { point: false, comma: false, groups: false, requested: undefined, commaSeparated: true }
const semicolons = { ...none, commaSeparated: false }
const cells = (list: readonly string[]) => [...new Set(list)].map((cell) => ({ cell, count: 1 }))
const decided = (list: readonly string[], file: FileNumberFormat = none) =>
  inferNumberFormat({ name: 'x' }, cells(list), file)
const read = (list: readonly string[], file: FileNumberFormat = none) => {
  const reading = decided(list, file)!
  return list.map((cell) => readNumber(cell, reading))
}
const many = (write: (i: number) => string) => Array.from({ length: 30 }, (_, i) => write(i))

test.each<readonly [readonly string[], FileNumberFormat, readonly (number | undefined)[]]>([
  [['1.5', '2'], none, [1.5, 2]],
  [['1,5', '2'], none, [1.5, 2]],
  [['0,443', '0,125', '1'], semicolons, [0.443, 0.125, 1]],
  [['0.443', '0.125', '1'], semicolons, [0.443, 0.125, 1]],
  [['57.652', '280'], { ...semicolons, comma: true }, [57_652, 280]],
  [['57.652', '280'], { ...semicolons, point: true }, [57.652, 280]],
  [['1,234', '280'], { ...none, point: true }, [1234, 280]],
  [['1,234', '5.678'], { ...none, point: true, requested: 'comma' }, [1.234, 5678]],
  [['12,34,567', '1,234'], none, [1_234_567, 1234]],
  [['1 234,5', '2'], none, [1234.5, 2]],
  [['57.652', '14.787'], none, [57.652, 14.787]],
  [['1,234', '5,678'], none, [1234, 5678]],
])('%j is read as %j', (list, file, values) => expect(read(list, file)).toEqual(values))

test('an integer is one however another program writes it', () => {
  expect(readNumber('30.0', { style: 'comma' })).toBe(30)
  expect(readNumber('30,00', { style: 'point' })).toBe(30)
  expect(readNumber('30.5', { style: 'comma' })).toBeUndefined()
})

test('many different cells with three digits after the mark, and no others, are thousands', () => {
  const list = [...many((i) => `${i + 10}.${i + 123}`), '280']
  expect(read(list, semicolons)[0]).toBe(10_123)
  expect(() => decided(list, { ...semicolons, point: true })).toThrow('say --decimal point or --decimal comma')
  expect(read(list.slice(0, -1), { ...semicolons, point: true })[0]).toBe(10.123)
})

test.each([
  [['57.652', '14.787'], semicolons],
  [['1,234', '5,678'], semicolons],
  [['1,234', '5.678'], none],
])('%j could be two numbers and is refused', (list, file) => {
  expect(() => decided(list, file)).toThrow('nothing says whether the mark is a decimal one or parts thousands')
})

test('decimals written both ways are refused; a few of the other style are missing', () => {
  expect(() => decided(['1.5', '1,6'])).toThrow('with a point in 1 rows and with a comma in 1')
  expect(read([...many((i) => `${i}.5`), '7,25']).at(-1)).toBeUndefined()
})

test('1,234 is not a thousand if thousands are not grouped, nor in new rows', () => {
  const reading = decided(many((i) => `${i + 1500}.5`))!
  expect(readNumber('1,234', reading)).toBeUndefined()
  expect(readNumber('1,234.5', reading)).toBe(1234.5)
  expect(readNumber('1.234', reading)).toBe(1.234)
})

test.each([
  [['77.1', '95.5', '19.5%', '2.5%'], 'same', [77.1, 95.5, 19.5, 2.5]],
  [['0.77', '0.95', '19.5%', '42%'], 'hundredth', [0.77, 0.95, 0.195, 0.42]],
  [['19.5%', '2 %', '0'], 'all', [0.195, 0.02, 0]],
] as const)('percent signs of %j: %s', (list, percent, values) => {
  expect(decided(list)).toMatchObject({ percent })
  read(list).forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 12))
})

test('a percent sign in a column without any, or a missing one in a column of them, is not guessed', () => {
  expect(readNumber('5%', decided(['1', '2'])!)).toBeUndefined()
  expect(readNumber('5', decided(['1%', '2%'])!)).toBeUndefined()
})

test('amounts in another currency are not read', () => {
  const reading = decided(['€5', '6 €', '7'])!
  expect(['8 EUR', '8', '$8'].map((cell) => readNumber(cell, reading))).toEqual([8, 8, undefined])
})

test('a tenth of the cells may be no numbers; infinite ones and those too large count among them', () => {
  const known = (good: number, bad: number) => [
    { cell: '1', count: good },
    { cell: 'x', count: bad },
  ]
  expect(inferNumberFormat({ name: 'x' }, known(90, 10), none)).toEqual({ style: 'point' })
  expect(inferNumberFormat({ name: 'x' }, known(89, 11), none)).toBeUndefined()
  expect(inferNumberFormat({ name: 'x' }, known(1, 99), none, true)).toEqual({ style: 'point' })
  expect(['inf', '1e39', '-Infinity'].map((cell) => readNumber(cell, { style: 'point' }))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a file has the style of its number columns', () => {
  const rows = Int32Array.of(0, 1)
  const table = { ...tableOf(['a', 'b', 'c'], ['1,5', '1.234', 'x,5'], ['2,5', '1.234,5', 'y.5']), separator: ';' }
  expect(inferFileNumberFormat(table, rows)).toEqual({
    point: false,
    comma: true,
    groups: true,
    given: undefined,
    commaSeparated: false,
  })
})

test('amounts of which more than a tenth are in another currency are not numbers', () => {
  expect(decided([...many((i) => `€${i}`), '$1', '$2'])).toMatchObject({ currency: 'EUR' })
  expect(decided(many((i) => `${i % 2 === 0 ? '€' : '$'}${i}`))).toBeUndefined()
})

test('millions beside thousands do not prove that groups are separated', () => {
  const amounts = many((i) => (i % 6 === 0 ? `${i + 1} Tsd. €` : `1,${100 + i} Mio. €`))
  expect(() => decided(amounts, semicolons)).toThrow('say --decimal point or --decimal comma')
  expect(read(amounts, { ...semicolons, comma: true }).slice(0, 2)).toEqual([1000, 1_101_000])
})

test.each([
  ['permille', (i: number) => (i % 2 === 0 ? `${i} %` : `${10 * i} ‰`)],
  ['basis points', (i: number) => (i % 2 === 0 ? `${i} %` : `${100 * i} bps`)],
])('percent beside %s are different units, and no column of numbers', (_, cell) => {
  const known = Array.from({ length: 20 }, (_, i) => ({ cell: cell(i + 1), count: 1 }))
  expect(inferNumberFormat({ name: 'x' }, known, none)).toBeUndefined()
  expect(mixedUnitsMessage(known)[0]).toContain('different units')
})
