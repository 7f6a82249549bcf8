import { createAlignedWaits, msUntilBoundary } from '../../../kafka/fetcher/aligned-waits.ts'

test('waits that set out at different moments end at the same one, each long enough', () => {
  expect(msUntilBoundary(5_000)).toBe(1_000)
  expect(msUntilBoundary(5_300.5)).toBe(700)
  expect(msUntilBoundary(5_949)).toBe(51)
  // Too near: the one after it.
  expect(msUntilBoundary(5_960)).toBe(1_040)
})

test('an announced fetcher is waited for briefly, and not once all have arrived', () => {
  let now = 5_300
  const meetings = createAlignedWaits(() => now)
  const [one, other] = [meetings.announce(), meetings.announce()]
  expect(meetings.isExpecting()).toBe(false)
  now = 5_999
  expect(meetings.isExpecting()).toBe(true)
  one()
  now = 6_010
  expect(meetings.isExpecting()).toBe(true)
  other()
  expect(meetings.isExpecting()).toBe(false)
})

test('an absent fetcher is no longer waited for', () => {
  let now = 5_300
  const meetings = createAlignedWaits(() => now)
  const late = meetings.announce()
  now = 6_250
  expect(meetings.isExpecting()).toBe(false)
  const next = meetings.announce()
  late()
  now = 7_000
  expect(meetings.isExpecting()).toBe(true)
  next()
  expect(meetings.isExpecting()).toBe(false)
})
