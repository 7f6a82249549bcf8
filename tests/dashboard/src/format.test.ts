import { title } from '../../../dashboard/src/format.ts'

test('identifiers are shown as readable words, whatever a product is called', () => {
  expect(title('loan-demand')).toBe('Loan demand')
  expect(title('working_capital')).toBe('Working capital')
  expect(title('constructor')).toBe('Constructor')
  expect(title('__proto__')).toBe('_ proto  ')
})
