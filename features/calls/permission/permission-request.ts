import type { Campaign } from '../../../schemas/calls/campaigns.ts'
import type { ContactPermission } from '../../../schemas/calls/contact-permissions.ts'
import type { ContactRule, ContactRules } from '../../../schemas/calls/contact-rules.ts'
import type { CallChannel, ContactPurpose } from '../../../schemas/calls/contact-terms.ts'

/** Contact rules of a jurisdiction, without the fields common to all settings. */
export type ContactRulesValue = Omit<
  ContactRules,
  'id' | 'occurredAt' | 'source' | 'jurisdiction' | 'version' | 'changedBy'
>
export type CampaignValue = Pick<Campaign, 'purpose' | 'channel' | 'jurisdiction' | 'state'>

export interface ActiveVersion<Value> {
  readonly name: string
  readonly version: number
  readonly value: Value
}

export type Statement = Pick<ContactPermission, 'kind' | 'purpose' | 'channel' | 'form' | 'expiresAt' | 'occurredAt'>

/** An outbound call to the customer. */
export interface Attempt {
  /** Start of the call, in ms since 1970. */
  readonly at: number
  readonly answered: boolean
}

/** Data about a known customer that the decision depends on. */
export interface CustomerContactData {
  /** Time zone of the profile; null if there is no profile. */
  readonly timeZone: string | null
  readonly permissions: readonly Statement[]
  /** Calls of at least the last `ATTEMPT_DAYS_MAX` days, in any order, at most `ATTEMPTS_MAX`. */
  readonly attempts: readonly Attempt[]
}

/** Maximum number of attempts that are counted; with that many no call is allowed. */
export const ATTEMPTS_MAX = 500

/** Input of the decision whether a customer may be called now. */
export interface PermissionRequest {
  readonly purpose: ContactPurpose
  readonly channel: CallChannel
  /** Time of the call to decide on, in ms since 1970. */
  readonly now: number
  /** Upper bound on the age of the platform’s data, in ms; `undefined` if it is unknown. */
  readonly knownAgeMs: number | undefined
  readonly jurisdiction: string
  /** Active contact rules of the jurisdiction; `undefined` if there are none. */
  readonly law: ActiveVersion<ContactRulesValue> | undefined
  /** Campaign of the call; `null` if the question is about no particular campaign. */
  readonly campaign: ActiveVersion<CampaignValue> | null
  readonly customer: CustomerContactData | undefined
}

/** A question whose contact rule and customer are known. */
export interface ResolvedRequest extends PermissionRequest {
  readonly law: ActiveVersion<ContactRulesValue>
  readonly rule: ContactRule
  readonly customer: CustomerContactData
  /**
   * Time zones that the customer may be in: that of the profile if it names a place, otherwise all of the jurisdiction.
   */
  readonly zones: readonly string[]
}

/** Result of one check, with the reason in words. */
export interface Finding {
  readonly passed: boolean
  readonly detail: string
  /** When a failed check passes without further action, ms since 1970. */
  readonly until?: number | undefined
}

export const passed = (detail: string): Finding => ({ passed: true, detail })
export const failed = (detail: string, until?: number): Finding => ({ passed: false, detail, until })
