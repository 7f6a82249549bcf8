import { leastBy } from '../../features/least-by.ts'

test('the item with the smallest value is taken, of equal ones the first', () => {
  const items = ['three', 'one', 'two', 'seven']
  expect(leastBy(items, ({ length }) => length)).toBe('one')
  expect(leastBy(items, ({ length }) => -length)).toBe('three')
  expect(leastBy(items, () => Number.POSITIVE_INFINITY)).toBe('three')
  expect(leastBy([], () => 0)).toBeUndefined()
})
