import { decidePermission } from '../../../../features/calls/permission/decide-permission.ts'
import { ATTEMPTS_MAX } from '../../../../features/calls/permission/permission-request.ts'
import type { AttemptLimit } from '../../../../schemas/calls/contact-rules.ts'
import { lawOf, NOON, questionOf } from './questions.ts'

const at = (time: string, answered = false) => ({ at: Date.parse(time), answered })
const once: AttemptLimit = { most: 1, days: 1, of: 'calls' }
const askedWith = (
  attempts: readonly ReturnType<typeof at>[],
  limits: readonly AttemptLimit[],
  timeZone = 'Europe/Berlin',
) => decidePermission(questionOf({ law: lawOf({}, { attempts: limits }), customer: { attempts, timeZone } }))

test('calls of the customer’s day count, and tomorrow one is allowed again', () => {
  const { refusal } = askedWith([at('2026-11-08T23:30Z')], [once])
  expect(refusal).toMatchObject({ rule: 'attempts', until: Date.parse('2026-11-09T23:00Z') })
  expect(refusal!.detail).toBe('The limit of 1 call within a day is reached.')
  // 23:30 of the evening before, in Berlin.
  expect(askedWith([at('2026-11-08T22:30Z')], [once]).refusal).toBeUndefined()
})

test('of several limits the longest-lasting one decides until when', () => {
  const limits = [once, { most: 2, days: 7, of: 'calls' } as const]
  const { refusal } = askedWith([at('2026-11-05T10:00Z'), at('2026-11-09T09:00Z')], limits)
  expect(refusal!.until).toBe(Date.parse('2026-11-11T23:00Z'))
})

test('if only conversations count, other calls do not', () => {
  const limits = [{ most: 1, days: 7, of: 'conversations' } as const]
  expect(askedWith([at('2026-11-08T10:00Z')], limits).refusal).toBeUndefined()
  expect(askedWith([at('2026-11-08T10:00Z', true)], limits).refusal).toMatchObject({ rule: 'attempts' })
})

test('if the customer’s zone is unknown, a call counts in every zone in which it still does', () => {
  const law = lawOf({ timeZones: ['Europe/Berlin', 'Asia/Shanghai'] }, { attempts: [once] })
  const untilOf = (time: string) =>
    decidePermission(questionOf({ law, customer: { attempts: [at(time)], timeZone: null } })).refusal?.until
  expect(untilOf('2026-11-08T22:30Z')).toBe(Date.parse('2026-11-09T16:00Z'))
  // The limit is reached in both zones; the day in Berlin ends later.
  expect(untilOf('2026-11-09T06:00Z')).toBe(Date.parse('2026-11-09T23:00Z'))
})

test('customers with more calls than are read are refused, whatever the limit', () => {
  const attempts = Array.from({ length: ATTEMPTS_MAX }, () => ({ at: NOON - 80 * 86_400_000, answered: false }))
  expect(askedWith(attempts, [once]).refusal).toMatchObject({ rule: 'attempts', until: undefined })
  expect(askedWith(attempts, []).refusal).toBeUndefined()
})
