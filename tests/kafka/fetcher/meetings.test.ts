import { createMeetings, untilMeeting } from '../../../kafka/fetcher/meetings.ts'

test('waits that set out at different moments end at the same one, each long enough', () => {
  expect(untilMeeting(5_000)).toBe(1_000)
  expect(untilMeeting(5_300.5)).toBe(700)
  expect(untilMeeting(5_949)).toBe(51)
  // The next meeting is too near, so the one after it counts.
  expect(untilMeeting(5_960)).toBe(1_040)
})

test('an announced fetcher is waited for briefly, and not once all have arrived', () => {
  let now = 5_300
  const meetings = createMeetings(() => now)
  const [one, other] = [meetings.announce(), meetings.announce()]
  expect(meetings.isOn()).toBe(false)
  now = 5_999
  expect(meetings.isOn()).toBe(true)
  one()
  now = 6_010
  expect(meetings.isOn()).toBe(true)
  other()
  expect(meetings.isOn()).toBe(false)
})

test('an absent fetcher is no longer waited for', () => {
  let now = 5_300
  const meetings = createMeetings(() => now)
  const late = meetings.announce()
  now = 6_250
  expect(meetings.isOn()).toBe(false)
  const next = meetings.announce()
  late()
  now = 7_000
  expect(meetings.isOn()).toBe(true)
  next()
  expect(meetings.isOn()).toBe(false)
})
