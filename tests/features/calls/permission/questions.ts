import { decidePermission } from '../../../../features/calls/permission/decide-permission.ts'
import type { LawOf, PermissionQuestion, Said } from '../../../../features/calls/permission/question.ts'
import type { ContactRule } from '../../../../schemas/calls/contact-rules.ts'
import { callDays } from '../../../../schemas/calls/contact-terms.ts'

/** A Monday, 12:00 in UTC. */
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

/** A question that is answered with yes. */
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

/** What stands against the call; `undefined`: nothing. */
export const refusedBy = (question: PermissionQuestion) => decidePermission(question).refusal?.rule
