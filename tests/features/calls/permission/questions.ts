import { decidePermission } from '../../../../features/calls/permission/decide-permission.ts'
import type {
  ContactRulesValue,
  PermissionRequest,
  Statement,
} from '../../../../features/calls/permission/permission-request.ts'
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

export const lawOf = (
  changes: Partial<ContactRulesValue> = {},
  rule: Partial<ContactRule> = {},
): ContactRulesValue => ({
  description: 'Of a test.',
  sources: [],
  timeZones: ['Europe/Berlin'],
  holidays: [],
  holidaysUntil: null,
  rules: [ruleOf(rule)],
  retired: false,
  ...changes,
})

export const said = (kind: Statement['kind'], occurredAt: number, changes: Partial<Statement> = {}): Statement => ({
  ...{ kind, occurredAt, purpose: null, channel: null, form: null, expiresAt: null },
  ...changes,
})

/** Returns a question whose answer is that the call is permitted. */
export function questionOf(
  changes: Omit<Partial<PermissionRequest>, 'customer' | 'law'> & {
    readonly law?: ContactRulesValue | undefined
    readonly customer?: Partial<NonNullable<PermissionRequest['customer']>>
  } = {},
): PermissionRequest {
  const { law = lawOf(), customer, ...others } = changes
  return {
    ...{ purpose: 'marketing', channel: 'call', now: NOON, knownAgeMs: 1_000, jurisdiction: 'test', campaign: null },
    ...others,
    law: { name: 'test', version: 3, value: law },
    customer: { timeZone: 'Europe/Berlin', permissions: [], attempts: [], ...customer },
  }
}

/** What stands against the call; `undefined`: nothing. */
export const refusedBy = (question: PermissionRequest) => decidePermission(question).refusal?.rule
