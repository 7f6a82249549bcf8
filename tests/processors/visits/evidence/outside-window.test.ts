import { outsideWindow } from '../../../../processors/visits/evidence/outside-window.ts'
import { at, facts, scores } from './facts.ts'

const made = (time: string, plannedFrom: string | null, plannedUntil: string | null) =>
  scores(outsideWindow, [
    facts('a', {
      occurredAt: at(time),
      plannedFrom: plannedFrom === null ? null : at(plannedFrom),
      plannedUntil: plannedUntil === null ? null : at(plannedUntil),
    }),
  ])

test('days from the plan', () => {
  expect(made('9:17+3', '9:00', '10:00')['a']).toBeGreaterThan(0.5)
  expect(made('9:17', '9:00+5', null)['a']).toBe(1)
})
test('in time, somewhat late, or by whole hours, as in another time zone', () => {
  expect(made('9:30', '9:00', '10:00')).toEqual({})
  expect(made('12:10', '9:00', '10:00')).toEqual({})
  expect(made('18:00', '9:00', '10:00')).toEqual({})
})
test('without a plan, or with one that ends before it begins, nothing is known', () => {
  expect(made('9:17+3', null, null)).toEqual({})
  expect(made('9:17+3', '10:00', '9:00')).toEqual({})
})
