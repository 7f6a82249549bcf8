import { overlappingCheckIns } from '../../../../processors/visits/evidence/overlapping-check-ins.ts'
import { at, facts, north, scores } from './facts.ts'

const stay = (visitId: string, from: string, until: string, more = {}) =>
  facts(visitId, { occurredAt: at(from), checkInAt: at(from), checkOutAt: at(until), ...more })

const day = (until: string, one = {}, other = {}) => [stay('a', '9:00', until, one), stay('b', '9:20', '10:20', other)]

test('two stays at one time at different places, both named; the more they cover each other the more', () => {
  const apart = (until: string) => scores(overlappingCheckIns, day(until, { place: north(0) }, { place: north(5) }))
  expect(apart('10:20')).toEqual({ a: 0.83, b: 0.83 })
  expect(apart('9:45')['a']).toBeLessThan(0.65)
  // As if the check-out of the first visit had been pressed after the second.
  expect(apart('12:30')['a']).toBeLessThan(0.55)
})

test('without positions it counts less', () => {
  expect(scores(overlappingCheckIns, day('10:20'))).toEqual({ a: 0.66, b: 0.66 })
})

test.each([
  ['one after the other', stay('a', '9:00', '10:00'), stay('b', '10:00', '11:00')],
  ['a slip of some minutes', stay('a', '9:00', '10:00'), stay('b', '9:55', '11:00')],
  ['a check-out that was forgotten', stay('a', '9:00', '18:00'), stay('b', '10:00', '11:00')],
  [
    'two opportunities of a customer',
    stay('a', '9:00', '10:00', { customerId: 'c' }),
    stay('b', '9:00', '10:00', { customerId: 'c' }),
  ],
  [
    'two customers in one house',
    stay('a', '9:00', '10:00', { place: north(0) }),
    stay('b', '9:00', '10:00', { place: north(0.3) }),
  ],
])('%s is none', (_, one, other) => expect(scores(overlappingCheckIns, [one, other])).toEqual({}))
