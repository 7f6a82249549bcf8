import fc from 'fast-check'
import { markEvidence, numberIn, type DecimalMark } from '../../../models/table/written-numbers.ts'

test.each([
  ['17', 'point', 17],
  [' -3.5 ', 'point', -3.5],
  ['.5', 'point', 0.5],
  ['1e-3', 'point', 0.001],
  ['1,234,567.8', 'point', 1_234_567.8],
  ['12,34,567.5', 'point', 1_234_567.5],
  ["1'234.5", 'point', 1234.5],
  ['1\u2019234', 'point', 1234],
  ['12.5 %', 'point', 12.5],
  ['3,5', 'comma', 3.5],
  ['0,443', 'comma', 0.443],
  ['1.234,5', 'comma', 1234.5],
  ['1\u00A0234\u202F567,5', 'comma', 1_234_567.5],
  ['\u22123,5', 'comma', -3.5],
  ['(1,234.50)', 'point', -1234.5],
  ['1.234,50-', 'comma', -1234.5],
  ['€ 1.234,50', 'comma', 1234.5],
  ['-$5', 'point', -5],
  ['$-5', 'point', -5],
  ['5 Kč', 'point', 5],
  ['１２３．５', 'point', 123.5],
  ['-Infinity', 'point', -Infinity],
  ["CHF 3'424.–", 'point', 3424],
  ['12.—', 'point', 12],
  ['59&nbsp;', 'point', 59],
  ['௧௨௩', 'point', 123],
  ['១២៣', 'point', 123],
  ['١٢٪', 'point', 12],
  ['5,-', 'comma', 5],
  ['5,-', 'point', 5],
  ['1.234,-- €', 'comma', 1234],
  ['Rs. 63,794/-', 'point', 63_794],
  ['-5,- €', 'comma', -5],
  ['1.234,50-', 'comma', -1234.5],
] as const)('%j with a decimal %s is %d', (cell, style, value) => expect(numberIn(cell, style)?.value).toBe(value))

test.each([
  ['3,5', 'point'],
  ['0,443', 'point'],
  ['0.443', 'comma'],
  ['1,23,4', 'point'],
  ['1234,567', 'point'],
  ['', 'point'],
  ['%', 'point'],
  ['abc', 'point'],
  ['0x10', 'point'],
  ['1 2', 'point'],
  ['-(5)', 'point'],
  ['--5', 'point'],
  ['$5€', 'point'],
  ['5²', 'point'],
  ['#DIV/0!', 'point'],
  ['3.5', 'comma'],
] as const)('%j with a decimal %s is no number', (cell, style) => expect(numberIn(cell, style)).toBeUndefined())

test('percent signs and currencies are separated from the number', () => {
  expect(numberIn('19.5%', 'point')).toEqual({ value: 19.5, percent: true, currency: null })
  expect(numberIn('5 EUR', 'point')).toEqual({ value: 5, percent: false, currency: 'EUR' })
  expect(numberIn('￥5', 'point')?.currency).toBe('CNY')
  expect(numberIn('5元', 'point')?.currency).toBe('CNY')
})

test.each([
  ['1.5', 'point'],
  ['0.443', 'point'],
  ['1,5', 'comma'],
  ['0,443', 'comma'],
  ['1,234.5', 'point'],
  ['1,234,567', 'point'],
  ['1.234.567', 'comma'],
  ['280', 'either'],
  ['1 234', 'either'],
  ['57.652', 'single'],
  ['1,234', 'single'],
  ['x', undefined],
] as const)('%j says %s of the decimal mark', (cell, evidence) => expect(markEvidence(cell)).toBe(evidence))

const written = (value: number, style: DecimalMark, group: string): string => {
  const [whole, part] = Math.abs(value).toFixed(2).split('.')
  const grouped = [...whole!].map((digit, i) => ((whole!.length - i) % 3 === 0 && i > 0 ? group : '') + digit).join('')
  return `${value < 0 ? '-' : ''}${grouped}${style === 'point' ? '.' : ','}${part}`
}

test('a number is read as written, in every style', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      fc.constantFrom<DecimalMark>('point', 'comma'),
      fc.constantFrom('', ' ', '\u00A0', '\u202F', "'", 'other'),
      (hundredths, style, group) => {
        const value = hundredths / 100
        const mark = group === 'other' ? (style === 'point' ? ',' : '.') : group
        expect(numberIn(written(value, style, mark), style)?.value).toBeCloseTo(value, 9)
      },
    ),
  )
})

test('an address of a computer is no number, a billion in groups is one', () => {
  expect(numberIn('192.168.100.200', 'comma')).toBeUndefined()
  expect(numberIn('1.000.000.000', 'comma')?.value).toBe(1e9)
})
