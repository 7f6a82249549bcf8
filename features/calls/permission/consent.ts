import { consentForms, type ConsentForm } from '../../../schemas/calls/contact-terms.ts'
import { failed, passed, type Finding, type ResolvedRequest, type Statement } from './permission-request.ts'
import { covers, statementsOf } from './statements.ts'

/**
 * Requires a consent that is strong enough, not expired and not withdrawn since. A withdrawal forbids the call even
 * where no consent is needed.
 */
export function consentFinding(request: ResolvedRequest): Finding {
  const { now, rule } = request
  const withdrawn = statementsOf(request, 'consent-withdrawn').filter((one) => covers(one, request))
  const withdrawnAt = Math.max(-Infinity, ...withdrawn.map(({ occurredAt }) => occurredAt))
  const active = statementsOf(request, 'consent-given').filter(
    (one) => covers(one, request) && one.occurredAt > withdrawnAt && (one.expiresAt === null || one.expiresAt > now),
  )
  const needed = rule.consentForm
  const enough = active.find((one) => needed === null || isAsStrong(one, needed))
  if (enough !== undefined) return passed(`Consent was given (${new Date(enough.occurredAt).toISOString()}).`)
  if (withdrawn.length > 0) return failed(`Consent was withdrawn (${new Date(withdrawnAt).toISOString()}).`)
  if (needed === null) return passed('No consent is needed.')
  const weak = active.length > 0 ? ' The consent that was given is weaker, or its form is unknown.' : ''
  return failed(`Consent of the form ${needed} or stronger is needed, and there is none.${weak}`)
}

function isAsStrong({ form }: Statement, needed: ConsentForm): boolean {
  if (form === null) return needed === consentForms[0]
  return consentForms.indexOf(form) >= consentForms.indexOf(needed)
}
