import { failed, passed, type Finding, type PermissionQuestion } from './question.ts'
import { covers, saidOf } from './said.ts'

/**
 * A wish not to be called stands until it is lifted as widely as it was said: who wants no calls at all and then lifts
 * that for marketing alone is not called.
 */
export function doNotCallFinding(question: PermissionQuestion): Finding {
  const lifted = saidOf(question, 'do-not-call-lifted')
  const standing = saidOf(question, 'do-not-call').find(
    (wish) => covers(wish, question) && !lifted.some((one) => covers(one, wish) && one.occurredAt > wish.occurredAt),
  )
  if (standing === undefined) return passed('The customer has not asked to be left alone.')
  const what = standing.purpose === null ? 'any purpose' : standing.purpose
  return failed(`The customer does not want to be called for ${what} (${new Date(standing.occurredAt).toISOString()}).`)
}
