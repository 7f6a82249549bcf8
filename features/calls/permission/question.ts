import type { Campaign } from '../../../schemas/calls/campaigns.ts'
import type { ContactPermission } from '../../../schemas/calls/contact-permissions.ts'
import type { ContactRule, ContactRules } from '../../../schemas/calls/contact-rules.ts'
import type { CallChannel, ContactPurpose } from '../../../schemas/calls/contact-terms.ts'

/** The rules of a jurisdiction, without what every setting has. */
export type LawOf = Omit<ContactRules, 'id' | 'occurredAt' | 'source' | 'jurisdiction' | 'version' | 'changedBy'>
export type CampaignOf = Pick<Campaign, 'purpose' | 'channel' | 'jurisdiction' | 'state'>

export interface InForce<Value> {
  readonly name: string
  readonly version: number
  readonly value: Value
}

export type Said = Pick<ContactPermission, 'kind' | 'purpose' | 'channel' | 'form' | 'expiresAt' | 'occurredAt'>

/** An outbound call to the customer. */
export interface Attempt {
  /** ms since 1970. */
  readonly at: number
  readonly answered: boolean
}

/** What is known of a customer; `undefined`: the customer is not known at all. */
export interface KnownCaller {
  /** As in the profile; null: there is none. */
  readonly timeZone: string | null
  readonly permissions: readonly Said[]
  /** Of the last `ATTEMPT_DAYS_MAX` days at least, in any order, at most `ATTEMPTS_MAX`. */
  readonly attempts: readonly Attempt[]
}

/** So many attempts that they are not counted any further: no call is allowed. */
export const ATTEMPTS_MAX = 500

/** Whether a customer may be called now. */
export interface PermissionQuestion {
  readonly purpose: ContactPurpose
  readonly channel: CallChannel
  /** ms since 1970. */
  readonly now: number
  /** How old what is known may be at most, in ms; `undefined`: not known. */
  readonly knownAgeMs: number | undefined
  readonly jurisdiction: string
  /** `undefined`: there are none. */
  readonly law: InForce<LawOf> | undefined
  /** `null`: asked in general, for none. */
  readonly campaign: InForce<CampaignOf> | null
  readonly customer: KnownCaller | undefined
}

/** The same once it is clear which rule applies, and to whom. */
export interface RuledQuestion extends PermissionQuestion {
  readonly law: InForce<LawOf>
  readonly rule: ContactRule
  readonly customer: KnownCaller
  /** Where the customer may be: one zone if it is known, otherwise all of the jurisdiction. */
  readonly zones: readonly string[]
}

/** Whether it stands against a call, and why, in words. */
export interface Finding {
  readonly passed: boolean
  readonly detail: string
  /** When it will pass by itself, ms since 1970. */
  readonly until?: number | undefined
}

export const passed = (detail: string): Finding => ({ passed: true, detail })
export const failed = (detail: string, until?: number): Finding => ({ passed: false, detail, until })
