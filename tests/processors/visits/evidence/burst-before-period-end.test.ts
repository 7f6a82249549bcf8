import { burstBeforePeriodEnd } from '../../../../processors/visits/evidence/burst-before-period-end.ts'
import { at, facts, scores } from './facts.ts'

/** The fixture begins on the 5th, so day 24 is 29 January. */
const month = (perDay: number, atEnd: number, days = 24) =>
  Array.from({ length: 27 }, (_, day) =>
    Array.from({ length: day >= 24 ? atEnd : day < days ? perDay : 0 }, (_, i) =>
      facts(`v${day}-${i}`, { occurredAt: at(`${12 + i}:00+${day}`) }),
    ),
  ).flat()

test('four times the usual number in the last days', () => {
  const found = scores(burstBeforePeriodEnd, month(2, 8))
  expect(Object.keys(found)).toHaveLength(24)
  expect(found['v25-0']).toBeGreaterThan(0.5)
})
test('the usual number, or too little history', () => {
  expect(scores(burstBeforePeriodEnd, month(4, 5))).toEqual({})
  expect(scores(burstBeforePeriodEnd, month(2, 8, 10))).toEqual({})
})
