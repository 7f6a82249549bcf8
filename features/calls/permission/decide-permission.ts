import { contactChecks, type ContactCheck } from '../../../schemas/calls/contact-terms.ts'
import { attemptsFinding } from './attempts.ts'
import { campaignFinding, customerFinding, ruleFor, rulesFinding, stateFinding } from './circumstances.ts'
import { consentFinding } from './consent.ts'
import { doNotCallFinding } from './do-not-call.ts'
import { holidayFinding, hoursFinding } from './hours.ts'
import { isPlace } from './local-time.ts'
import { failed, type Finding, type PermissionQuestion, type RuledQuestion } from './question.ts'

export interface Checked extends Finding {
  readonly rule: ContactCheck
  /** Version of the contact rules, or of the campaign for the check `campaign`; null if there are none. */
  readonly ruleVersion: number | null
}

export interface PermissionDecision {
  /** All checks, the longest-lasting obstacles first. */
  readonly checks: readonly Checked[]
  /** First check that failed; `undefined` if the call is permitted. */
  readonly refusal: Checked | undefined
}

const always = {
  rules: rulesFinding,
  state: stateFinding,
  customer: customerFinding,
  campaign: campaignFinding,
  'do-not-call': doNotCallFinding,
}
const byRule = { consent: consentFinding, attempts: attemptsFinding, holiday: holidayFinding, hours: hoursFinding }

/** Decides whether a customer may be called now. Missing information refuses the call. */
export function decidePermission(question: PermissionQuestion): PermissionDecision {
  const ruled = ruledQuestion(question)
  const checks = contactChecks.map((rule): Checked => {
    const finding = rule in always ? always[rule as keyof typeof always](question) : ruledFinding(ruled, rule)
    return { rule, ruleVersion: versionOf(question, rule), ...finding }
  })
  return { checks, refusal: checks.find(({ passed }) => !passed) }
}

function ruledFinding(ruled: RuledQuestion | undefined, rule: ContactCheck): Finding {
  if (ruled === undefined) return failed('It can’t be checked without rules and a known customer.')
  return byRule[rule as keyof typeof byRule](ruled)
}

function ruledQuestion(question: PermissionQuestion): RuledQuestion | undefined {
  const { law, customer } = question
  const rule = law === undefined || law.value.retired ? undefined : ruleFor(law.value, question)
  if (law === undefined || rule === undefined || customer === undefined) return undefined
  return { ...question, law, rule, customer, zones: zonesOf(customer.timeZone, law.value.timeZones) }
}

function zonesOf(known: string | null, all: readonly string[]): readonly string[] {
  return known !== null && isPlace(known) ? [known] : all
}

function versionOf({ law, campaign }: PermissionQuestion, rule: ContactCheck): number | null {
  return (rule === 'campaign' ? campaign?.version : law?.version) ?? null
}
