import fc from 'fast-check'
import { retryAfterMs, waitAfter } from '../../deliveries/backoff.ts'

const DAY = 86_400_000

test('the wait doubles up to its maximum, less up to half of it, and is never shorter than the receiver demands', () => {
  const random = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), random, fc.nat(2 * DAY), (attempts, drawn, asked) => {
      const wait = waitAfter({ firstMs: 5_000, maxMs: 3_600_000 }, attempts, drawn, asked)
      const full = Math.min(3_600_000, 5_000 * 2 ** Math.min(attempts - 1, 40))
      expect(wait).toBeGreaterThanOrEqual(Math.min(asked, DAY))
      expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2))
      expect(wait).toBeLessThanOrEqual(Math.max(full, Math.min(asked, DAY)))
    }),
  )
  expect([1, 2, 3].map((attempts) => waitAfter({ firstMs: 10, maxMs: 1_000 }, attempts, 0))).toEqual([10, 20, 40])
})

test.each<[string | undefined, number | undefined]>([
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  [undefined, undefined],
])('Retry-After: %s', (header, expected) => expect(retryAfterMs(header, 1_000)).toBe(expected))
