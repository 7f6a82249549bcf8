import { consentForms, type ConsentForm } from '../../../schemas/calls/contact-terms.ts'
import { failed, passed, type Finding, type RuledQuestion, type Said } from './question.ts'
import { covers, saidOf } from './said.ts'

/**
 * Requires a consent that is strong enough, not expired and not withdrawn since. A withdrawal forbids the call even
 * where no consent is needed.
 */
export function consentFinding(question: RuledQuestion): Finding {
  const { now, rule } = question
  const withdrawn = saidOf(question, 'consent-withdrawn').filter((one) => covers(one, question))
  const withdrawnAt = Math.max(-Infinity, ...withdrawn.map(({ occurredAt }) => occurredAt))
  const standing = saidOf(question, 'consent-given').filter(
    (one) => covers(one, question) && one.occurredAt > withdrawnAt && (one.expiresAt === null || one.expiresAt > now),
  )
  const needed = rule.consentForm
  const enough = standing.find((one) => needed === null || isAsStrong(one, needed))
  if (enough !== undefined) return passed(`Consent was given (${new Date(enough.occurredAt).toISOString()}).`)
  if (withdrawn.length > 0) return failed(`Consent was withdrawn (${new Date(withdrawnAt).toISOString()}).`)
  if (needed === null) return passed('No consent is needed.')
  const weak = standing.length > 0 ? ' The consent that was given is weaker, or its form is unknown.' : ''
  return failed(`Consent of the form ${needed} or stronger is needed, and there is none.${weak}`)
}

function isAsStrong({ form }: Said, needed: ConsentForm): boolean {
  if (form === null) return needed === consentForms[0]
  return consentForms.indexOf(form) >= consentForms.indexOf(needed)
}
