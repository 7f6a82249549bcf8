import { visitFacts } from '../../../features/visits/visit-facts.ts'
import { reportOnly } from '../../../schemas/visits/visits.ts'

const told = {
  ...reportOnly,
  visitId: 'v',
  salespersonId: 's',
  customerId: 'c',
  opportunityId: 'o',
  occurredAt: 1_000_000_000_000,
  probability: null,
  text: null,
}
const HOUR = 3_600_000
const T = told.occurredAt
const read = (more: Partial<typeof told> | object) => visitFacts({ ...told, ...more } as typeof told, T + 24 * HOUR)

test('known values are copied; the check-in replaces a missing time', () => {
  const { facts, faults } = read({ occurredAt: null, checkInAt: T, checkOutAt: T + HOUR, deviceId: 'phone' })
  expect(facts).toMatchObject({ at: T, checkInAt: T, checkOutAt: T + HOUR, deviceId: 'phone' })
  expect(faults).toEqual([])
})

test.each([
  [{ checkInAt: T, checkOutAt: T - 1 }, 'check-out before check-in', { checkInAt: null, checkOutAt: null, at: T }],
  [{ enteredAt: T - HOUR }, 'entered before it happened', { enteredAt: null, at: T }],
  [{ occurredAt: T + 48 * HOUR, checkInAt: T }, 'in the future', { at: null, checkInAt: null }],
  [{ place: { latitude: 0, longitude: 0 } }, 'zero', { checkIn: null }],
])('a contradiction is unknown, and counted: %#', (more, fault, left) => {
  const { facts, faults } = read(more)
  expect(faults).toEqual([fault])
  expect(facts).toMatchObject(left)
})

test('a clock that differs by minutes is no fault', () => {
  expect(read({ enteredAt: T - 5 * 60_000 }).faults).toEqual([])
})

test.each(['', '0000000000', 'unknown', 'N/A', 'null'])('“%s” is no device', (deviceId) => {
  expect(read({ deviceId }).facts.deviceId).toBeNull()
})
