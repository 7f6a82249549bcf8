import fc from 'fast-check'
import { createEventQueue } from '../../../bench/calls/event-queue.ts'
import { arrivals, rateAt } from '../../../bench/calls/arrivals.ts'
import { deskDay } from '../../../bench/calls/desk-day.ts'
import { deskWorld } from '../../../bench/calls/desk-world.ts'
import { compareRouting, strategies } from '../../../bench/calls/routing-strategies.ts'
import { random } from '../../../models/random.ts'

test('the number of calls is that of the bank, most of them before noon', () => {
  const seconds = arrivals(random(1), 5)
  expect(Math.abs(seconds.length - 5 * 1_220)).toBeLessThan(4 * Math.sqrt(5 * 1_220))
  const inHour = (hour: number) => seconds.filter((second) => Math.floor(second / 3_600) === hour).length
  expect(inHour(10)).toBeGreaterThan(2 * inHour(20))
  expect(rateAt(10.5 * 3_600, 1)).toBeGreaterThan(rateAt(3 * 3_600, 1) * 10)
})

test('happenings come in order of time, and at the same time in order of entry', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (seconds) => {
      const agenda = createEventQueue()
      const happened: number[] = []
      for (const [number, second] of seconds.entries()) agenda.at(second, () => void happened.push(number))
      agenda.run()
      const expected = [...seconds.keys()].sort((one, other) => seconds[one]! - seconds[other]! || one - other)
      expect(happened).toEqual(expected)
    }),
  )
})

test('scores solve more at the first contact than any of the usual orders, at about the same service level', () => {
  const { ours, ...others } = compareRouting({ days: 2, size: 1 })
  expect(Object.keys(others)).toEqual(['longestIdle', 'roundRobin', 'fewestCalls'])
  expect(ours!.lost).toBe(0)
  for (const other of Object.values(others)) {
    expect(ours!.offered).toBe(other.offered)
    expect(ours!.firstContactResolution).toBeGreaterThan((other.firstContactResolution as number) + 0.03)
    expect(ours!.serviceLevel).toBeGreaterThan((other.serviceLevel as number) - 0.02)
  }
})

test('a day is the same again, and both service levels are of the same calls', () => {
  const day = () => deskDay(deskWorld(random(3), 0.5), strategies.ours!())
  const figures = day()
  expect(day()).toEqual(figures)
  expect(figures.serviceLevelWithoutEarlyLeavers).toBeGreaterThanOrEqual(figures.serviceLevel)
  expect(figures.waitLongest).toBeGreaterThanOrEqual(figures.waitP95)
})
