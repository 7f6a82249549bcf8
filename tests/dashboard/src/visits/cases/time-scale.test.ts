import fc from 'fast-check'
import {
  lengthOfTime,
  linesOf,
  ticksOf,
  type VisitTimes,
} from '../../../../../dashboard/src/visits/cases/time-scale.ts'

const MINUTE = 60_000
const iso = (minutes: number) => new Date(minutes * MINUTE).toISOString()
const stay = (from: number, to: number): VisitTimes => ({
  ...{ checkInAt: iso(from), checkOutAt: iso(to), enteredAt: null, plannedFrom: null, plannedUntil: null },
})
const nothing: VisitTimes = {
  ...{ checkInAt: null, checkOutAt: null, enteredAt: null, plannedFrom: null, plannedUntil: null },
}

test('visits of one day share a line, so that they can be compared', () => {
  const [one, other] = linesOf([stay(0, 40), stay(100, 200)])
  expect(one).toEqual({ from: -10 * MINUTE, to: 210 * MINUTE })
  expect(other).toEqual(one)
})

test('visits far apart have a line each, or their minutes could not be seen', () => {
  const [one, other] = linesOf([stay(0, 40), stay(10_000, 10_040)])
  expect(one).toEqual({ from: -5 * MINUTE, to: 45 * MINUTE })
  expect(other).toEqual({ from: 9_995 * MINUTE, to: 10_045 * MINUTE })
})

test('a visit without times has no line, and does not affect the other one', () => {
  expect(linesOf([nothing, stay(0, 40)])).toEqual([undefined, { from: -5 * MINUTE, to: 45 * MINUTE }])
  expect(linesOf([nothing])).toEqual([undefined])
})

test('marks are at round moments within the line, ten at most, however long it is', () => {
  expect(ticksOf({ from: -10 * MINUTE, to: 50 * MINUTE })).toEqual({
    every: 10 * MINUTE,
    ticks: [-10, 0, 10, 20, 30, 40, 50].map((minutes) => minutes * MINUTE),
  })
  const span = fc.tuple(fc.nat(2 ** 40), fc.integer({ min: MINUTE, max: 2 ** 36 }))
  fc.assert(
    fc.property(span, ([from, length]) => {
      const { every, ticks } = ticksOf({ from, to: from + length })
      expect(ticks.length).toBeLessThanOrEqual(10)
      ticks.forEach((at) => expect([at % every, at >= from, at <= from + length]).toEqual([0, true, true]))
    }),
  )
})

test.each([
  [20_000, '20 s'],
  [40 * MINUTE, '40 min'],
  [-90 * MINUTE, '1 h 30 min'],
  [24 * 60 * MINUTE, '1 d'],
  [(2 * 1440 + 3 * 60 + 20) * MINUTE, '2 d 3 h'],
  [59.6 * MINUTE, '1 h'],
])('%d ms are %s', (ms, words) => expect(lengthOfTime(ms)).toBe(words))
