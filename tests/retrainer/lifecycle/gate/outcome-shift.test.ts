import { outcomeShift } from '../../../../retrainer/lifecycle/gate/outcome-shift.ts'

const current = (customerId: string, probability: number) => ({
  customerId,
  probability,
  row: [],
  text: null,
  lineTimes: null,
  at: new Date(0),
})

test('a customer moves if any of their subjects crosses the threshold, in either direction', () => {
  const now = [current('a', 0.4), current('a', 0.7), current('b', 0.8), current('c', 0.2), current('d', 0.5)]
  const shift = outcomeShift(now, Float64Array.of(0.6, 0.9, 0.3, 0.1, 0.5), 0.5)
  expect(shift).toMatchObject({ subjects: 5, customers: 4, moved: 2, threshold: 0.5 })
})

test('equal scores move nobody and have no shift', () => {
  const now = Array.from({ length: 50 }, (_, index) => current(`c${index}`, index / 50))
  const shift = outcomeShift(
    now,
    Float64Array.from(now, ({ probability }) => probability),
    0.5,
  )
  expect(shift).toMatchObject({ moved: 0, stabilityIndex: 0 })
  expect(outcomeShift(now, new Float64Array(50).fill(0.99), 0.5)!.stabilityIndex).toBeGreaterThan(0.25)
})

test('nothing is known without current scores', () => {
  expect(outcomeShift([], new Float64Array(0), 0.5)).toBeUndefined()
})
