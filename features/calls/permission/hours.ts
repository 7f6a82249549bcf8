import { clockTime, localTime } from './local-time.ts'
import { holidayOn, isOpen, isOpenIn, nextOpening } from './open-hours.ts'
import { failed, passed, type Finding, type ResolvedRequest } from './permission-request.ts'

/** Checks the permitted calling hours in the customer’s local time. */
export function hoursFinding(request: ResolvedRequest): Finding {
  const { law, rule, zones, now } = request
  if (isOpen(request, now)) return passed(`${whereAndWhen(request, zones[0]!)} is within the calling hours.`)
  const closed = zones.find((zone) => !isOpenIn(law.value, rule, zone, now))
  if (closed === undefined) return failed('The rules name no time zone.')
  return failed(`${whereAndWhen(request, closed)} is outside the calling hours.`, nextOpening(request))
}

/** Checks for a public holiday on which no calls are allowed. */
export function holidayFinding(request: ResolvedRequest): Finding {
  const { law, rule, zones, now } = request
  if (rule.hours.some(({ days }) => days.includes('holiday'))) return passed('Holidays have hours of their own.')
  for (const zone of zones) {
    const holiday = holidayOn(law.value, localTime(zone, now).day)
    if (holiday === undefined) continue
    const day = clockTime(localTime(zone, now)).slice(0, 10)
    return holiday === null
      ? failed(`It is not known whether ${day} is a holiday: add holidays, and extend holidaysUntil.`)
      : failed(`${day} is a holiday in ${zone}: ${holiday}.`, nextOpening(request))
  }
  return passed('It is not a holiday.')
}

function whereAndWhen({ zones, now }: ResolvedRequest, zone: string): string {
  const shown = `${clockTime(localTime(zone, now))} in ${zone}`
  return zones.length === 1 ? shown : `The customer’s time zone is not known, so the hours of all zones apply: ${shown}`
}
