import { duration, estimateText, money, percent, points, title } from '../../../dashboard/src/format.ts'

test('identifiers are shown as readable words, whatever a product is called', () => {
  expect(title('loan-demand')).toBe('Loan demand')
  expect(title('working_capital')).toBe('Working capital')
  expect(title('constructor')).toBe('Constructor')
  expect(title('__proto__')).toBe('_ proto  ')
})

test('an amount has as many decimals as its currency', () => {
  expect(money(123_450, 'EUR')).toBe('€1.2K')
  expect(money(5_000, 'JPY')).toBe('¥5K')
  expect(money(5_000, 'KRW')).toBe('₩5K')
  expect(money(5_000, 'KWD')).toMatch(/^KWD\s5$/)
  expect(money(123_456, 'points')).toBe('1,235 points')
})

test('durations have the two largest units', () => {
  expect([0, 59_400, 65_000, 3_600_000, 4_815_000, -5].map(duration)).toEqual([
    ...['0 s', '59 s', '1 min 05 s', '1 h 00 min', '1 h 20 min', '0 s'],
  ])
})

test('an estimate has its interval where there is one; differences are in points, and a small one has no sign', () => {
  expect(estimateText({ value: 0.2, lower: 0.158, upper: 0.249 }, percent)).toBe('20.0 % (15.8 % to 24.9 %)')
  expect(estimateText({ value: 0.2, lower: null, upper: null }, percent)).toBe('20.0 %')
  expect([points(0.032), points(-0.032), points(0)]).toEqual(['+3.2 points', '−3.2 points', '0.0 points'])
})
