import { hourWeight } from '../../../../features/calls/lists/hour-weight.ts'

const rates = Array.from({ length: 24 }, (_, hour) => (hour === 18 ? 0.6 : 0.2))

test('a good hour weighs more, by the customer’s clock', () => {
  const mean = (0.6 + 23 * 0.2) / 24
  expect(hourWeight(rates, 'Asia/Shanghai', Date.UTC(2026, 0, 1, 10, 30))).toBeCloseTo(0.6 / mean, 12)
  expect(hourWeight(rates, 'Asia/Shanghai', Date.UTC(2026, 0, 1, 11))).toBeCloseTo(0.2 / mean, 12)
})

test('if hours or the zone are unknown, every hour has the same weight', () => {
  expect(hourWeight([], 'Asia/Shanghai', 0)).toBe(1)
  expect(hourWeight(rates, null, 0)).toBe(1)
})
