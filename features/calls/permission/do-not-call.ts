import { failed, passed, type Finding, type PermissionQuestion } from './question.ts'
import { covers, saidOf } from './said.ts'

/**
 * Checks for a do-not-call. It stands until a lift covers its whole scope: lifting it for marketing alone does not lift
 * a do-not-call for every purpose.
 */
export function doNotCallFinding(question: PermissionQuestion): Finding {
  const lifted = saidOf(question, 'do-not-call-lifted')
  const standing = saidOf(question, 'do-not-call').find(
    (wish) => covers(wish, question) && !lifted.some((one) => covers(one, wish) && one.occurredAt > wish.occurredAt),
  )
  if (standing === undefined) return passed('The customer has not objected to such calls.')
  const what = standing.purpose === null ? 'any purpose' : standing.purpose
  return failed(`The customer does not want to be called for ${what} (${new Date(standing.occurredAt).toISOString()}).`)
}
