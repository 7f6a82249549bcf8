import { failed, passed, type Finding, type PermissionRequest } from './permission-request.ts'
import { covers, statementsOf } from './statements.ts'

/**
 * Checks for a do-not-call. It stands until a lift covers its whole scope: lifting it for marketing alone does not lift
 * a do-not-call for every purpose.
 */
export function doNotCallFinding(request: PermissionRequest): Finding {
  const lifted = statementsOf(request, 'do-not-call-lifted')
  const active = statementsOf(request, 'do-not-call').find(
    (wish) => covers(wish, request) && !lifted.some((one) => covers(one, wish) && one.occurredAt > wish.occurredAt),
  )
  if (active === undefined) return passed('The customer has not objected to such calls.')
  const what = active.purpose === null ? 'any purpose' : active.purpose
  return failed(`The customer does not want to be called for ${what} (${new Date(active.occurredAt).toISOString()}).`)
}
