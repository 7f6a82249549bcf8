import { contactRuleSetting } from '../../../../processors/calls/contact/contact-rule-setting.ts'
import type { usRules } from '../../../../processors/calls/contact/us-rules.ts'
import type { ContactRule } from '../../../../schemas/calls/contact-rules.ts'
import { contactRules } from '../../../../schemas/calls/contact-rules.ts'
import { checkEvent } from '../../../../schemas/check-event.ts'
import { lawOf, ruleOf } from '../../../features/calls/permission/questions.ts'

const refuses = (value: object) => contactRuleSetting.validate!(value as never, undefined)
const withRule = (rule: Partial<ContactRule>) => lawOf({}, rule)

test('the delivered sets are whole, say that they are no legal advice, and name their sources', () => {
  expect([...contactRuleSetting.defaults.keys()]).toEqual(['us', 'eu', 'ru', 'cn'])
  for (const [jurisdiction, value] of contactRuleSetting.defaults) {
    expect(refuses(value)).toBeUndefined()
    const event = { id: 'x', occurredAt: 0, source: 'x', jurisdiction, version: 0, changedBy: 'x', ...value }
    checkEvent(contactRules, event as never, { key: jurisdiction, writtenAt: 0 })
    expect(value).toMatchObject({ description: expect.stringMatching(/^Not legal advice/) as string })
    expect((value as typeof usRules).sources.length).toBeGreaterThan(2)
  }
})

test.each([
  [{ ...lawOf(), timeZones: [] }, 'List in `timeZones` the time zones of the jurisdiction.'],
  [{ ...lawOf(), timeZones: ['Asia/Tokyo', 'Asia/Tokyo'] }, 'The time zone Asia/Tokyo is listed twice.'],
  [lawOf({ holidays: ['a', 'b'].map((name) => ({ date: '--01-01', name })) }), 'The holiday --01-01 is listed twice.'],
  [lawOf({ rules: [] }), 'List in `rules` what is allowed: without a rule nobody can be called.'],
  [withRule({ purposes: [] }), 'A rule must name its `purposes` and `channels`.'],
  [withRule({ hours: [{ days: [], from: '08:00', to: '09:00' }] }), 'Hours must name their `days`.'],
  [
    withRule({ hours: [{ days: ['mon'], from: '20:00', to: '08:00' }] }),
    'The hours from 20:00 to 08:00 end before they begin: split hours over midnight into two entries.',
  ],
  [
    lawOf({ rules: [ruleOf(), ruleOf({ purposes: ['service', 'marketing'] })] }),
    'There are two rules for the purpose marketing by call: remove one of them.',
  ],
])('rules that contradict themselves are refused: %#', (law, told) => {
  expect(refuses(law)).toBe(told)
  expect(refuses({ ...law, retired: true })).toBeUndefined()
})

test.each(['2026-02-29', '--02-30', '02-03', '2026-13-01', '26-01-01'])('%s is no day', (date) => {
  const event = { id: 'x', occurredAt: 0, source: 'x', jurisdiction: 'x', version: 0, changedBy: 'x' }
  const value = { ...event, ...lawOf({ holidays: [{ date, name: 'x' }] }) }
  const check = () => checkEvent(contactRules, value as never, { key: 'x', writtenAt: 0 })
  expect(check).toThrow(/must be a day such as/)
})
