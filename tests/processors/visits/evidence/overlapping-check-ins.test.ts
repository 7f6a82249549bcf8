import { overlappingCheckIns } from '../../../../processors/visits/evidence/overlapping-check-ins.ts'
import { at, facts, north, scores } from './facts.ts'

const stay = (visitId: string, from: string, until: string, more = {}) =>
  facts(visitId, { occurredAt: at(from), checkInAt: at(from), checkOutAt: at(until), ...more })

test('two stays at one time at different places, both named', () => {
  const day = [stay('a', '9:00', '10:00', { place: north(0) }), stay('b', '9:20', '10:00', { place: north(5) })]
  expect(scores(overlappingCheckIns, day)).toEqual({ a: 1, b: 1 })
})

test('without positions it counts half', () => {
  expect(scores(overlappingCheckIns, [stay('a', '9:00', '10:00'), stay('b', '9:20', '10:00')])).toEqual({
    a: 0.5,
    b: 0.5,
  })
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
