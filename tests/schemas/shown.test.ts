import { shown } from '../../schemas/shown.ts'

test('numbers beyond a double within an object are shown, not refused', () => {
  expect(shown({ id: 12345678901234567890n })).toBe('{"id":"12345678901234567890"}')
  expect(shown('x'.repeat(200))).toHaveLength(101)
})
