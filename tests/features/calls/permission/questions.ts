import { decidePermission } from '../../../../features/calls/permission/decide-permission.ts'
import type { LawOf, PermissionQuestion, Said } from '../../../../features/calls/permission/question.ts'
import type { ContactRule } from '../../../../schemas/calls/contact-rules.ts'
import { callDays } from '../../../../schemas/calls/contact-terms.ts'

/** A Monday, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 9, 12)

export const ruleOf = (changes: Partial<ContactRule> = {}): ContactRule => ({
  purposes: ['marketing'],
  channels: ['call'],
  hours: [{ days: callDays, from: '08:00', to: '21:00' }],
  attempts: [],
  consentForm: null,
  announcement: null,
  label: null,
  retentionDays: 365,
  abandonShareMax: null,
  ...changes,
})

export const lawOf = (changes: Partial<LawOf> = {}, rule: Partial<ContactRule> = {}): LawOf => ({
  description: 'Of a test.',
  sources: [],
  timeZones: ['Europe/Berlin'],
  holidays: [],
  holidaysUntil: null,
  rules: [ruleOf(rule)],
  retired: false,
  ...changes,
})

export const said = (kind: Said['kind'], occurredAt: number, changes: Partial<Said> = {}): Said => ({
  ...{ kind, occurredAt, purpose: null, channel: null, form: null, expiresAt: null },
  ...changes,
})

/** Returns a question whose answer is that the call is permitted. */
export function questionOf(
  changes: Omit<Partial<PermissionQuestion>, 'customer' | 'law'> & {
    readonly law?: LawOf | undefined
    readonly customer?: Partial<NonNullable<PermissionQuestion['customer']>>
  } = {},
): PermissionQuestion {
  const { law = lawOf(), customer, ...others } = changes
  return {
    ...{ purpose: 'marketing', channel: 'call', now: NOON, knownAgeMs: 1_000, jurisdiction: 'test', campaign: null },
    ...others,
    law: { name: 'test', version: 3, value: law },
    customer: { timeZone: 'Europe/Berlin', permissions: [], attempts: [], ...customer },
  }
}

/** Returns the check that refuses the call; `undefined` if it is permitted. */
export const refusedBy = (question: PermissionQuestion) => decidePermission(question).refusal?.rule
