import fc from 'fast-check'
import { decidePermission } from '../../../../features/calls/permission/decide-permission.ts'
import type { PermissionRequest, Statement } from '../../../../features/calls/permission/permission-request.ts'
import { permissionKinds } from '../../../../schemas/calls/contact-permissions.ts'
import {
  consentForms,
  contactChannels,
  contactChecks,
  contactPurposes,
} from '../../../../schemas/calls/contact-terms.ts'
import { DAY_MS, HOUR_MS } from '../../../../schemas/durations.ts'
import type { ruleOf } from './questions.ts'
import { lawOf, NOON, questionOf, refusedBy, said } from './questions.ts'

const campaign = (state: 'draft' | 'running' | 'paused' | 'ended') => ({
  name: 'spring',
  version: 7,
  value: { purpose: 'marketing', channel: 'call', jurisdiction: 'test', state } as const,
})

test('a call is permitted when everything allows it, and each check says why', () => {
  const { checks, refusal } = decidePermission(questionOf({ campaign: campaign('running') }))
  expect(refusal).toBeUndefined()
  expect(checks.map(({ rule }) => rule)).toEqual([...contactChecks])
  expect(checks.every(({ detail }) => detail.endsWith('.'))).toBe(true)
})

test.each<[string, PermissionRequest]>([
  ['rules', { ...questionOf(), law: undefined }],
  ['rules', questionOf({ law: lawOf({ retired: true }) })],
  ['rules', questionOf({ purpose: 'collection' })],
  ['rules', questionOf({ channel: 'automated-call' })],
  ['state', questionOf({ knownAgeMs: undefined })],
  ['state', questionOf({ knownAgeMs: 10_001 })],
  ['customer', { ...questionOf(), customer: undefined }],
  ['campaign', questionOf({ campaign: campaign('draft') })],
  ['campaign', questionOf({ campaign: campaign('paused') })],
  ['campaign', questionOf({ campaign: campaign('ended') })],
  ['hours', questionOf({ law: lawOf({ timeZones: [] }), customer: { timeZone: null } })],
  ['hours', questionOf({ law: lawOf({}, { hours: [] }) })],
])('missing information or permission is refused: %s', (rule, question) => {
  expect(refusedBy(question)).toBe(rule)
})

test('a refusal names the version of the refusing rule, and the other obstacles', () => {
  const paused = decidePermission(
    questionOf({ campaign: campaign('paused'), customer: { permissions: [said('do-not-call', 0)] } }),
  )
  expect(paused.refusal).toMatchObject({ rule: 'campaign', ruleVersion: 7, detail: 'The campaign spring is paused.' })
  const failed = paused.checks.filter(({ passed }) => !passed)
  expect(failed).toMatchObject([{ rule: 'campaign' }, { rule: 'do-not-call', ruleVersion: 3 }])
})

const anySaid: fc.Arbitrary<Statement> = fc.record({
  kind: fc.constantFrom(...permissionKinds),
  purpose: fc.constantFrom(null, ...contactPurposes),
  channel: fc.constantFrom(null, ...contactChannels),
  form: fc.constantFrom(null, ...consentForms),
  occurredAt: fc.integer({ min: NOON - 10, max: NOON + 3 }),
  expiresAt: fc.option(fc.integer({ min: NOON - 5, max: NOON + 5 })),
})
const anyQuestion = fc
  .record({
    permissions: fc.array(anySaid, { maxLength: 6 }),
    attempts: fc.array(fc.record({ at: fc.integer({ min: NOON - 9 * DAY_MS, max: NOON }), answered: fc.boolean() }), {
      maxLength: 6,
    }),
    timeZone: fc.constantFrom(null, 'UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Asia/Shanghai'),
    consentForm: fc.constantFrom(null, ...consentForms),
    most: fc.integer({ min: 1, max: 3 }),
    days: fc.integer({ min: 1, max: 8 }),
    hour: fc.integer({ min: 0, max: 48 }),
  })
  .map(({ permissions, attempts, timeZone, consentForm, most, days, hour }) =>
    questionOf({
      now: NOON + hour * HOUR_MS,
      customer: { permissions, attempts, timeZone },
      law: lawOf(
        { timeZones: ['Europe/Berlin', 'Asia/Shanghai'] },
        { consentForm, attempts: [{ most, days, of: 'calls' }] },
      ),
    }),
  )

test('a customer with a do-not-call that was not lifted is never called, whatever else is known', () => {
  fc.assert(
    fc.property(anyQuestion, fc.constantFrom(null, 'marketing' as const), (question, purpose) => {
      const customer = question.customer!
      const wish = said('do-not-call', NOON + 3, { purpose })
      const asked = { ...question, customer: { ...customer, permissions: [...customer.permissions, wish] } }
      expect(decidePermission(asked).refusal).toBeDefined()
      expect(decidePermission(asked).checks.find(({ rule }) => rule === 'do-not-call')!.passed).toBe(false)
    }),
  )
})

test('what restricts never permits more', () => {
  const restrict: fc.Arbitrary<(question: PermissionRequest) => PermissionRequest> = fc.oneof(
    anySaid
      .filter(({ kind }) => kind === 'do-not-call' || kind === 'consent-withdrawn')
      .map(
        (one) => (asked: PermissionRequest) =>
          withCustomer(asked, ({ permissions }) => ({ permissions: [...permissions, one] })),
      ),
    fc
      .integer({ min: NOON - 9 * DAY_MS, max: NOON })
      .map(
        (at) => (asked: PermissionRequest) =>
          withCustomer(asked, ({ attempts }) => ({ attempts: [...attempts, { at, answered: true }] })),
      ),
    fc.constant((asked: PermissionRequest) =>
      withRule(asked, ({ hours }) => ({ hours: hours.map((one) => ({ ...one, from: '10:00', to: '18:00' })) })),
    ),
    fc.constant((asked: PermissionRequest) => withRule(asked, () => ({ consentForm: 'written' }))),
    fc.constant((asked: PermissionRequest) =>
      withRule(asked, ({ attempts }) => ({ attempts: [...attempts, { most: 1, days: 30, of: 'calls' as const }] })),
    ),
    fc.constant((asked: PermissionRequest) =>
      withLaw(
        asked,
        { holidays: [{ date: '--11-09', name: 'x' }] },
        {
          hours: asked.law!.value.rules[0]!.hours.map((one) => ({ ...one, days: ['mon', 'tue', 'wed'] as const })),
        },
      ),
    ),
    fc.constant((asked: PermissionRequest) =>
      withLaw(asked, { timeZones: [...asked.law!.value.timeZones, 'America/Adak'] }),
    ),
  )
  fc.assert(
    fc.property(anyQuestion, restrict, (question, restricted) => {
      if (decidePermission(question).refusal !== undefined)
        expect(decidePermission(restricted(question)).refusal).toBeDefined()
    }),
  )
})

type Customer = NonNullable<PermissionRequest['customer']>
function withCustomer(asked: PermissionRequest, change: (customer: Customer) => Partial<Customer>): PermissionRequest {
  const customer = asked.customer!
  return { ...asked, customer: { ...customer, ...change(customer) } }
}
function withRule(
  asked: PermissionRequest,
  change: (rule: ReturnType<typeof ruleOf>) => Partial<ReturnType<typeof ruleOf>>,
): PermissionRequest {
  return withLaw(asked, {}, change(asked.law!.value.rules[0]!))
}
function withLaw(
  asked: PermissionRequest,
  law: Partial<ReturnType<typeof lawOf>>,
  rule: Partial<ReturnType<typeof ruleOf>> = {},
): PermissionRequest {
  const { name, version, value } = asked.law!
  return { ...asked, law: { name, version, value: { ...value, ...law, rules: [{ ...value.rules[0]!, ...rule }] } } }
}
