import { money, title } from '../../../dashboard/src/format.ts'

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
