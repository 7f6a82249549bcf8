import fc from 'fast-check'
import { digestDue, isDigest } from '../../../deliveries/mail/digest-due.ts'

const at = (text: string) => Date.parse(text)
const daily = (digestAt: string, timeZone = 'UTC') => ({ digestMinutes: null, digestAt, timeZone })
const every = (digestMinutes: number) => ({ digestMinutes, digestAt: null, timeZone: 'UTC' })

test.each<[string, ReturnType<typeof daily> | ReturnType<typeof every>, string, string]>([
  ['every quarter of an hour', every(15), '2026-01-01T10:07:00Z', '2026-01-01T10:15:00Z'],
  ['just sent', every(15), '2026-01-01T10:15:00Z', '2026-01-01T10:30:00Z'],
  ['later today', daily('08:00'), '2026-01-01T07:59:59Z', '2026-01-01T08:00:00Z'],
  ['tomorrow', daily('08:00'), '2026-01-01T08:00:00Z', '2026-01-02T08:00:00Z'],
  ['in Shanghai', daily('08:00', 'Asia/Shanghai'), '2026-01-01T00:00:01Z', '2026-01-02T00:00:00Z'],
  [
    'in New York, before midnight there',
    daily('08:00', 'America/New_York'),
    '2026-01-02T03:00:00Z',
    '2026-01-02T13:00:00Z',
  ],
  ['over the change to summer time', daily('08:00', 'Europe/Berlin'), '2026-03-28T12:00:00Z', '2026-03-29T06:00:00Z'],
  ['over the change to winter time', daily('08:00', 'Europe/Berlin'), '2026-10-24T12:00:00Z', '2026-10-25T07:00:00Z'],
])('%s', (_, times, now, due) =>
  expect(new Date(digestDue(times, at(now))).toISOString()).toBe(new Date(due).toISOString()),
)

test('a digest is due within a day and an hour at most, and all messages before it share it', () => {
  const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe')
  const times = fc.record({
    digestMinutes: fc.constant(null),
    digestAt: fc.constantFrom('00:00', '02:30', '23:59'),
    timeZone: zone,
  })
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 2_000_000_000_000 }), (digest, now) => {
      const due = digestDue(digest, now)
      expect(due).toBeGreaterThan(now)
      expect(due - now).toBeLessThanOrEqual(26 * 3_600_000)
      expect(digestDue(digest, due - 1)).toBe(due)
    }),
  )
})

test('without a digest each message is due at once', () => {
  const none = { digestMinutes: null, digestAt: null, timeZone: 'UTC' }
  expect(isDigest(none)).toBe(false)
  expect(isDigest(every(5))).toBe(true)
  expect(digestDue(none, 1_234)).toBe(1_234)
})
