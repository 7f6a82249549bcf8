import fc from 'fast-check'
import { decidePermission } from '../../../../features/calls/permission/decide-permission.ts'
import { localTime } from '../../../../features/calls/permission/local-time.ts'
import type { ContactRulesValue } from '../../../../features/calls/permission/permission-request.ts'
import type { CallHours } from '../../../../schemas/calls/contact-rules.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../schemas/durations.ts'
import { usRules } from '../../../../processors/calls/contact/us-rules.ts'
import { lawOf, NOON, questionOf } from './questions.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const office: CallHours[] = [{ days: weekdays, from: '09:00', to: '17:00' }]

/** What refuses at that time, and until when. */
function at(
  time: string,
  timeZone: string | null,
  hours: readonly CallHours[] = office,
  law: Partial<ContactRulesValue> = {},
) {
  const question = questionOf({ now: Date.parse(time), law: lawOf(law, { hours }), customer: { timeZone } })
  const { refusal } = decidePermission(question)
  if (refusal === undefined) return undefined
  return `${refusal.rule} ${refusal.until === undefined ? 'for good' : new Date(refusal.until).toISOString()}`
}

test.each([
  ['2026-11-09T08:00Z', 'Europe/Berlin', undefined],
  ['2026-11-09T07:59:59.999Z', 'Europe/Berlin', 'hours 2026-11-09T08:00:00.000Z'],
  ['2026-11-09T15:59:59.999Z', 'Europe/Berlin', undefined],
  ['2026-11-09T16:00Z', 'Europe/Berlin', 'hours 2026-11-10T08:00:00.000Z'],
  // Friday evening.
  ['2026-11-13T20:00Z', 'Europe/Berlin', 'hours 2026-11-16T08:00:00.000Z'],
  // Across the date line it is Monday already, or still Sunday.
  ['2026-11-08T20:30Z', 'Pacific/Auckland', undefined],
  ['2026-11-09T19:00Z', 'Pacific/Pago_Pago', 'hours 2026-11-09T20:00:00.000Z'],
  ['2026-11-09T10:00Z', 'Pacific/Kiritimati', 'hours 2026-11-09T19:00:00.000Z'],
  // Daylight saving ends on 25 October and begins on 29 March.
  ['2026-10-26T07:30Z', 'Europe/Berlin', 'hours 2026-10-26T08:00:00.000Z'],
  ['2026-03-27T08:30Z', 'Europe/Berlin', undefined],
  ['2026-03-30T06:59Z', 'Europe/Berlin', 'hours 2026-03-30T07:00:00.000Z'],
  ['2026-03-28T12:00Z', 'Europe/Berlin', 'hours 2026-03-30T07:00:00.000Z'],
])('at %s in %s: %s', (time, zone, told) => expect(at(time, zone)).toBe(told))

test('hours that begin in the hour that summer time skips begin after it', () => {
  const early: CallHours[] = [{ days: ['sun'], from: '02:30', to: '12:00' }]
  expect(at('2026-03-29T00:00Z', 'Europe/Berlin', early)).toBe('hours 2026-03-29T01:30:00.000Z')
  expect(at('2026-03-29T01:30Z', 'Europe/Berlin', early)).toBeUndefined()
})

test.each([null, 'UTC', 'Etc/GMT-8', 'GMT', 'Asia/Atlantis', '+08:00'])(
  'where the customer lives is not known by %s: all zones count',
  (zone) => {
    const law = { timeZones: ['Europe/Berlin', 'Asia/Shanghai'] }
    // 09:00 to 17:00 in both zones is 08:00 to 09:00 UTC.
    expect(at('2026-11-09T08:30Z', zone, office, law)).toBeUndefined()
    expect(at('2026-11-09T07:30Z', zone, office, law)).toBe('hours 2026-11-09T08:00:00.000Z')
    expect(at('2026-11-09T09:00Z', zone, office, law)).toBe('hours 2026-11-10T08:00:00.000Z')
    expect(at('2026-11-13T09:00Z', zone, office, law)).toBe('hours 2026-11-16T08:00:00.000Z')
  },
)

test('zones without a common hour are never open', () => {
  const law = { timeZones: ['America/Los_Angeles', 'Asia/Shanghai'] }
  expect(at('2026-11-09T16:00Z', null, office, law)).toBe('hours for good')
})

test('a holiday is not a weekday: no calls, or hours of its own', () => {
  const law = { holidays: [{ date: '--11-09', name: 'Founders’ Day' }] }
  expect(at('2026-11-09T12:00Z', 'Europe/Berlin', office, law)).toBe('holiday 2026-11-10T08:00:00.000Z')
  const own: CallHours[] = [...office, { days: ['holiday'], from: '13:00', to: '14:00' }]
  expect(at('2026-11-09T12:30Z', 'Europe/Berlin', own, law)).toBeUndefined()
  expect(at('2026-11-09T14:00Z', 'Europe/Berlin', own, law)).toBe('hours 2026-11-10T08:00:00.000Z')
  const of2027 = { holidays: [{ date: '2027-11-09', name: 'Founders’ Day' }] }
  expect(at('2026-11-09T12:00Z', 'Europe/Berlin', office, of2027)).toBeUndefined()
})

test('beyond the known holidays each day may be one', () => {
  const law = { holidays: [], holidaysUntil: '2026-11-08' }
  expect(at('2026-11-09T12:00Z', 'Europe/Berlin', office, law)).toBe('holiday for good')
  const own: CallHours[] = [...office, { days: ['holiday'], from: '13:00', to: '14:00' }]
  expect(at('2026-11-09T12:30Z', 'Europe/Berlin', own, law)).toBeUndefined()
  expect(at('2026-11-09T14:30Z', 'Europe/Berlin', own, law)).toBe('hours 2026-11-10T12:00:00.000Z')
})

test('if the zone is unknown a call must be in the hours of every zone of the USA, and there are such times', () => {
  const within = (now: number) => {
    const { checks } = decidePermission(questionOf({ now, law: usRules, customer: { timeZone: null } }))
    return checks.find(({ rule }) => rule === 'hours')!
  }
  fc.assert(
    fc.property(fc.integer({ min: NOON, max: NOON + 300 * DAY_MS }), (now) => {
      const all = usRules.timeZones.every((zone) => {
        const { minute } = localTime(zone, now)
        return minute >= 8 * 60 && minute < 21 * 60
      })
      const hours = within(now)
      expect(hours.passed).toBe(all)
      if (all) return
      expect(hours.until).toBeGreaterThan(now)
      expect(hours.until! - now).toBeLessThan(25 * HOUR_MS)
      expect(within(hours.until!).passed).toBe(true)
      expect(within(hours.until! - MINUTE_MS).passed).toBe(false)
    }),
  )
})
