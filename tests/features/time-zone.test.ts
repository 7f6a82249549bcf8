import { isTimeZone, zoneOffsetMinutes } from '../../features/time-zone.ts'

test.each([
  ['UTC', '2026-01-01T00:00Z', 0],
  ['Asia/Shanghai', '2026-07-01T00:00Z', 480],
  ['Asia/Kolkata', '2026-07-01T00:00Z', 330],
  ['America/St_Johns', '2026-01-01T00:00Z', -210],
  ['Europe/London', '2026-01-01T00:00Z', 0],
  ['Europe/London', '2026-07-01T00:00Z', 60],
  // Daylight saving begins at 01:00 UTC on that day.
  ['Europe/Berlin', '2026-03-29T00:59:59Z', 60],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 120],
  ['Europe/Berlin', '2026-10-25T00:59:59Z', 120],
  ['Europe/Berlin', '2026-10-25T01:00:00Z', 60],
])('%s at %s is %d minutes ahead of UTC', (zone, time, minutes) => {
  expect(zoneOffsetMinutes(zone, Date.parse(time))).toBe(minutes)
  expect(zoneOffsetMinutes(zone, Date.parse(time))).toBe(minutes)
})

test('local mean time of old days has seconds', () => {
  expect(zoneOffsetMinutes('Asia/Shanghai', Date.parse('1900-06-01T00:00Z'))).toBeCloseTo(485 + 43 / 60, 6)
})

test('names that are not in the list are no time zones', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true)
  expect(isTimeZone('Asia/Atlantis')).toBe(false)
  expect(isTimeZone('')).toBe(false)
  expect(() => zoneOffsetMinutes('Asia/Atlantis', 0)).toThrow(RangeError)
})
