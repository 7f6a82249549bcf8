import { formatValue } from '../../schemas/format-value.ts'

test('numbers beyond a double within an object are shown, not refused', () => {
  expect(formatValue({ id: 12345678901234567890n })).toBe('{"id":"12345678901234567890"}')
  expect(formatValue('x'.repeat(200))).toHaveLength(101)
})
