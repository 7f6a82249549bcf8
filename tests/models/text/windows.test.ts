import fc from 'fast-check'
import { STRATEGIES, windowsOf } from '../../../models/text/windows.ts'

const record = (first: number, count: number, at = Number.NaN) => ({
  ids: Int32Array.from({ length: count }, (_, i) => first + i),
  at,
})
const shown = (windows: readonly Int32Array[]) => windows.map((window) => [...window])

test('a case that fits is read whole, by any strategy', () => {
  const records = [record(1, 2), record(10, 1)]
  expect(shown(windowsOf(records, 'newest', 4).windows)).toEqual([[1, 2, 10]])
  expect(shown(windowsOf(records, 'head-tail', 4).windows)).toEqual([[1, 2, 10]])
  expect(shown(windowsOf(records, 'visit-wise', 4).windows)).toEqual([[1, 2], [10]])
})

test('of a longer text the newest is kept, or its beginning too, or each record separately; nothing is cut silently', () => {
  const records = [record(1, 6, 100), record(10, 6, 200)]
  expect(windowsOf(records, 'newest', 8)).toMatchObject({ leftOut: 4, times: [200] })
  expect(shown(windowsOf(records, 'newest', 8).windows)).toEqual([[5, 6, 10, 11, 12, 13, 14, 15]])
  expect(shown(windowsOf(records, 'head-tail', 8).windows)).toEqual([[1, 2, 10, 11, 12, 13, 14, 15]])
  expect(windowsOf(records, 'visit-wise', 4)).toMatchObject({ leftOut: 0, times: [100, 100, 200, 200] })
  expect(shown(windowsOf(records, 'visit-wise', 4).windows)).toEqual([
    [1, 2, 3, 4],
    [5, 6],
    [10, 11, 12, 13],
    [14, 15],
  ])
})

test('there is a window at least, none is too long, and every id is read or counted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 100 }),
      fc.constantFrom(...STRATEGIES),
      fc.integer({ min: 4, max: 20 }),
      (lengths, strategy, windowMax) => {
        const { windows, times, leftOut } = windowsOf(
          lengths.map((length) => record(0, length)),
          strategy,
          windowMax,
        )
        expect(windows.length).toBeGreaterThan(0)
        expect(times).toHaveLength(windows.length)
        expect(windows.every((window) => window.length <= windowMax)).toBe(true)
        const ids = lengths.reduce((sum, length) => sum + length, 0)
        expect(windows.reduce((sum, window) => sum + window.length, 0) + leftOut).toBe(ids)
      },
    ),
  )
})
