import type { ContactRule } from '../../../schemas/calls/contact-rules.ts'
import type { CallDay } from '../../../schemas/calls/contact-terms.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { dateOf, instantOf, localTime, minuteOf, weekday } from './local-time.ts'
import type { ContactRulesValue, ResolvedRequest } from './permission-request.ts'

/** Days to search ahead for the next permitted time. */
const DAYS_AHEAD = 40

/**
 * Returns the name of the holiday on a day; `undefined` if it is none, `null` if the list of holidays does not reach
 * that far.
 */
export function holidayOn({ holidays, holidaysUntil }: ContactRulesValue, day: number): string | null | undefined {
  const date = dateOf(day)
  const yearly = `-${date.slice(4)}`
  const found = holidays.find((one) => one.date === date || one.date === yearly)
  if (found !== undefined) return found.name
  return holidaysUntil !== null && date > holidaysUntil ? null : undefined
}

/** Returns the kinds of day whose hours must all allow a call. A day that may be a holiday counts as both kinds. */
function kindsOf(law: ContactRulesValue, day: number): readonly CallDay[] {
  const holiday = holidayOn(law, day)
  if (holiday === undefined) return [weekday(day)]
  return holiday === null ? [weekday(day), 'holiday'] : ['holiday']
}

export function isOpenIn(law: ContactRulesValue, { hours }: ContactRule, zone: string, at: number): boolean {
  const { day, minute } = localTime(zone, at)
  return kindsOf(law, day).every((kind) =>
    hours.some(({ days, from, to }) => days.includes(kind) && minute >= minuteOf(from) && minute < minuteOf(to)),
  )
}

/** Whether the hours allow a call at `at` in every time zone that the customer may be in. */
export function isOpen({ law, rule, zones }: ResolvedRequest, at: number): boolean {
  return zones.length > 0 && zones.every((zone) => isOpenIn(law.value, rule, zone, at))
}

/**
 * Returns the next time at which the hours allow a call, in ms; `undefined` if there is none within `DAYS_AHEAD`. It
 * tries only the starts of hours in each zone: a time permitted in all zones begins where the hours of one of them
 * begin.
 */
export function nextOpening(request: ResolvedRequest): number | undefined {
  const { now } = request
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const [from, to] = [now + ahead * DAY_MS, now + (ahead + 1) * DAY_MS]
    const first = beginningsIn(request, from, to).find((at) => isOpen(request, at))
    if (first !== undefined) return first
  }
  return undefined
}

/** Returns the starts of calling hours in any zone, after `from` and up to `to`, which is a day later. */
function beginningsIn({ rule, zones }: ResolvedRequest, from: number, to: number): number[] {
  const minutes = [...new Set(rule.hours.map((one) => minuteOf(one.from)))]
  return zones
    .flatMap((zone) => {
      const days = [localTime(zone, from).day, localTime(zone, to).day]
      return days.flatMap((day) => minutes.map((minute) => instantOf(zone, { day, minute })))
    })
    .filter((at) => at > from && at <= to)
    .sort((one, other) => one - other)
}
