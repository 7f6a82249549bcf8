import { contactChecks, type ContactCheck } from '../../../schemas/calls/contact-terms.ts'
import { attemptsFinding } from './attempts.ts'
import { campaignFinding, customerFinding, ruleFor, rulesFinding, stateFinding } from './circumstances.ts'
import { consentFinding } from './consent.ts'
import { doNotCallFinding } from './do-not-call.ts'
import { holidayFinding, hoursFinding } from './hours.ts'
import { isPlace } from './local-time.ts'
import { failed, type Finding, type PermissionRequest, type ResolvedRequest } from './permission-request.ts'

export interface CheckResult extends Finding {
  readonly rule: ContactCheck
  /** Version of the contact rules, or of the campaign for the check `campaign`; null if there are none. */
  readonly ruleVersion: number | null
}

export interface PermissionDecision {
  /** All checks, the longest-lasting obstacles first. */
  readonly checks: readonly CheckResult[]
  /** First check that failed; `undefined` if the call is permitted. */
  readonly refusal: CheckResult | undefined
}

const generalChecks = {
  rules: rulesFinding,
  state: stateFinding,
  customer: customerFinding,
  campaign: campaignFinding,
  'do-not-call': doNotCallFinding,
}
const ruleChecks = { consent: consentFinding, attempts: attemptsFinding, holiday: holidayFinding, hours: hoursFinding }

/** Decides whether a customer may be called now. Missing information refuses the call. */
export function decidePermission(request: PermissionRequest): PermissionDecision {
  const resolved = resolveRequest(request)
  const checks = contactChecks.map((rule): CheckResult => {
    const finding =
      rule in generalChecks ? generalChecks[rule as keyof typeof generalChecks](request) : ruleFinding(resolved, rule)
    return { rule, ruleVersion: versionOf(request, rule), ...finding }
  })
  return { checks, refusal: checks.find(({ passed }) => !passed) }
}

function ruleFinding(resolved: ResolvedRequest | undefined, rule: ContactCheck): Finding {
  if (resolved === undefined) return failed('It can’t be checked without rules and a known customer.')
  return ruleChecks[rule as keyof typeof ruleChecks](resolved)
}

function resolveRequest(request: PermissionRequest): ResolvedRequest | undefined {
  const { law, customer } = request
  const rule = law === undefined || law.value.retired ? undefined : ruleFor(law.value, request)
  if (law === undefined || rule === undefined || customer === undefined) return undefined
  return { ...request, law, rule, customer, zones: zonesOf(customer.timeZone, law.value.timeZones) }
}

function zonesOf(known: string | null, all: readonly string[]): readonly string[] {
  return known !== null && isPlace(known) ? [known] : all
}

function versionOf({ law, campaign }: PermissionRequest, rule: ContactCheck): number | null {
  return (rule === 'campaign' ? campaign?.version : law?.version) ?? null
}
