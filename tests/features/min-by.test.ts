import { minBy } from '../../features/min-by.ts'

test('the item with the smallest value is taken, of equal ones the first', () => {
  const items = ['three', 'one', 'two', 'seven']
  expect(minBy(items, ({ length }) => length)).toBe('one')
  expect(minBy(items, ({ length }) => -length)).toBe('three')
  expect(minBy(items, () => Number.POSITIVE_INFINITY)).toBe('three')
  expect(minBy([], () => 0)).toBeUndefined()
})
