import fc from 'fast-check'
import {
  ANSWERED_HOURS_SLOTS,
  answerRates,
  bestHourOf,
  countCall,
} from '../../../../features/calls/lists/answered-hours.ts'

const HOUR_MS = 3_600_000
const DAY = Date.UTC(2026, 2, 2)

function slotsOf(calls: readonly (readonly [hour: number, answered: boolean])[]): Float64Array {
  const slots = new Float64Array(ANSWERED_HOURS_SLOTS)
  for (const [hour, answered] of calls) countCall(slots, DAY + hour * HOUR_MS, answered)
  return slots
}

test('the hour in which calls are answered is the best one, by the customer’s clock', () => {
  const slots = slotsOf([...Array(6).fill([2, true]), ...Array(6).fill([8, false])] as [number, boolean][])
  expect(bestHourOf(answerRates(slots, 'UTC', DAY))).toBe(2)
  expect(bestHourOf(answerRates(slots, 'Asia/Shanghai', DAY))).toBe(10)
  // The zone is half an hour off: both hours share the slot, and the earlier one counts.
  expect(bestHourOf(answerRates(slots, 'Asia/Kolkata', DAY))).toBe(7)
})

test('too few calls, or none answered, say nothing', () => {
  expect(
    answerRates(
      slotsOf([
        [9, true],
        [9, true],
        [9, true],
        [9, true],
      ]),
      'UTC',
      DAY,
    ),
  ).toEqual([])
  expect(answerRates(slotsOf(Array(20).fill([9, false]) as [number, boolean][]), 'UTC', DAY)).toEqual([])
  expect(bestHourOf([])).toBeNull()
})

test('each share is between 0 and 1, and another answered call never lowers the share of its hour', () => {
  const call = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.boolean())
  fc.assert(
    fc.property(fc.array(call, { minLength: 5, maxLength: 60 }), fc.integer({ min: 0, max: 23 }), (calls, hour) => {
      const before = answerRates(slotsOf(calls), 'UTC', DAY)
      for (const rate of before) expect(rate > 0 && rate <= 1).toBe(true)
      if (before.length === 0) return
      const after = answerRates(slotsOf([...calls, [hour, true]]), 'UTC', DAY)
      expect(after[hour]!).toBeGreaterThanOrEqual(before[hour]! - 1e-12)
    }),
  )
})
