import type { AttemptLimit } from '../../../schemas/calls/contact-rules.ts'
import { instantOf, localTime } from './local-time.ts'
import { ATTEMPTS_MAX, failed, passed, type Finding, type ResolvedRequest } from './permission-request.ts'

/**
 * Checks the limits on call attempts. Outbound calls of all campaigns and purposes count, by calendar day in the
 * customer’s time zone.
 */
export function attemptsFinding(request: ResolvedRequest): Finding {
  const { rule, customer } = request
  if (rule.attempts.length === 0) return passed('Attempts are not limited.')
  if (customer.attempts.length >= ATTEMPTS_MAX) return failed(`There were at least ${ATTEMPTS_MAX} calls recently.`)
  const reached = rule.attempts.flatMap((limit) => {
    const until = reachedUntil(request, limit)
    return until === undefined ? [] : [{ limit, until }]
  })
  if (reached.length === 0) return passed(`${customer.attempts.length} calls recently.`)
  const { limit, until } = reached.reduce((one, other) => (other.until > one.until ? other : one))
  const { most, of, days } = limit
  const counted = most === 1 ? of.slice(0, -1) : of
  return failed(`The limit of ${most} ${counted} within ${days === 1 ? 'a day' : `${days} days`} is reached.`, until)
}

/**
 * Returns when a counted call drops out of the limit, by the latest of the customer’s possible time zones; `undefined`
 * if the limit is reached in none of them.
 */
function reachedUntil({ customer, zones, now }: ResolvedRequest, { most, days, of }: AttemptLimit): number | undefined {
  const counted = customer.attempts.filter(({ answered }) => of === 'calls' || answered)
  const ends = zones.flatMap((zone) => {
    const today = localTime(zone, now).day
    const newestFirst = counted.map(({ at }) => localTime(zone, at).day).sort((one, other) => other - one)
    const last = newestFirst[most - 1]
    return last === undefined || last <= today - days ? [] : [instantOf(zone, { day: last + days, minute: 0 })]
  })
  return ends.length === 0 ? undefined : Math.max(...ends)
}
