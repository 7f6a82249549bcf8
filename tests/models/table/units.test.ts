import { inferNumberFormat, numberFormatMessage, readNumber } from '../../../models/table/number-format.ts'
import { suffixedNumber, mixedUnitsMessage } from '../../../models/table/units.ts'

const cells = (...list: readonly string[]) => list.map((cell) => ({ cell, count: 1 }))
const file = { point: true, comma: false, groups: false, requested: undefined, commaSeparated: true }

function read(...written: readonly string[]) {
  const reading = inferNumberFormat({ name: 'x' }, cells(...written), file)
  return reading === undefined ? undefined : written.map((cell) => readNumber(cell, reading))
}

test.each([
  [
    ['12 kg', '1.5kg', '3', '4 kgs'],
    [12, 1.5, 3, 4],
  ],
  [
    ['7/10', '10/10'],
    [7, 10],
  ],
  [
    ['62 of 100', '5 of 100'],
    [62, 5],
  ],
  [
    ['1st', '2nd', '3rd', '24th'],
    [1, 2, 3, 24],
  ],
  [
    ['1 room', '2 rooms', '3 Rooms'],
    [1, 2, 3],
  ],
  [
    ['1.5k', '2M', '700'],
    [1500, 2_000_000, 700],
  ],
  [
    ['5万', '2亿'],
    [50_000, 200_000_000],
  ],
  [
    ['−5 °C', '20 °C'],
    [-5, 20],
  ],
  [
    ['12 m²', '8 m²'],
    [12, 8],
  ],
  [
    ['5 1/2', '3/4', '2', '-1 1/4'],
    [5.5, 0.75, 2, -1.25],
  ],
  [
    ['5½', '¼'],
    [5.5, 0.25],
  ],
  [
    ['="0012"', '="7"'],
    [12, 7],
  ],
  [
    ["'12", '-3'],
    [12, -3],
  ],
  [
    ['٦٢', '۵'],
    [62, 5],
  ],
])('%j are %j', (written, numbers) => expect(read(...written)).toEqual(numbers))

test('another unit is never converted: few such cells are bad, more make the column no numbers', () => {
  expect(read(...Array.from({ length: 19 }, (_, one) => `${one} kg`), '5 g')!.at(-1)).toBeUndefined()
  const mixed = ['1 kg', '2 kg', '3 g', '4 g']
  expect(read(...mixed)).toBeUndefined()
  expect(mixedUnitsMessage(cells(...mixed))[0]).toContain('different units ("kg", "g")')
  expect(read('1 mW', '2 MW', '3 mW', '4 MW')).toBeUndefined()
})

test.each(['12 Main Street of Bath', '12-14', 'A12', '10:30', '2.87.3', '62', '1e5', '5 %', '€ 5', '3/4/2026'])(
  '%j has no unit',
  (cell) => expect(suffixedNumber(cell)).toBeUndefined(),
)

test('a model from before units rejects cells with one, and the unit is reported', () => {
  expect(readNumber('12 kg', { style: 'point' })).toBeUndefined()
  expect(numberFormatMessage({ style: 'point', unit: 'kg' })).toContain('the unit is "kg"')
})
