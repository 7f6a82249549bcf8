import type { ContactRule } from '../../../schemas/calls/contact-rules.ts'
import type { CallDay } from '../../../schemas/calls/contact-terms.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { dateOf, instantOf, localTime, minuteOf, weekday } from './local-time.ts'
import type { LawOf, RuledQuestion } from './question.ts'

/** How far ahead the next allowed time is looked for. */
const DAYS_AHEAD = 40

/** The name of the holiday; `undefined`: none; `null`: whether it is one is not known yet. */
export function holidayOn({ holidays, holidaysUntil }: LawOf, day: number): string | null | undefined {
  const date = dateOf(day)
  const yearly = `-${date.slice(4)}`
  const found = holidays.find((one) => one.date === date || one.date === yearly)
  if (found !== undefined) return found.name
  return holidaysUntil !== null && date > holidaysUntil ? null : undefined
}

/** A day of which it is not known whether it is a holiday counts as both. */
function kindsOf(law: LawOf, day: number): readonly CallDay[] {
  const holiday = holidayOn(law, day)
  if (holiday === undefined) return [weekday(day)]
  return holiday === null ? [weekday(day), 'holiday'] : ['holiday']
}

export function isOpenIn(law: LawOf, { hours }: ContactRule, zone: string, at: number): boolean {
  const { day, minute } = localTime(zone, at)
  return kindsOf(law, day).every((kind) =>
    hours.some(({ days, from, to }) => days.includes(kind) && minute >= minuteOf(from) && minute < minuteOf(to)),
  )
}

/** Whether the hours allow a call at that time, wherever the customer may be. */
export function isOpen({ law, rule, zones }: RuledQuestion, at: number): boolean {
  return zones.length > 0 && zones.every((zone) => isOpenIn(law.value, rule, zone, at))
}

/** When the hours allow a call next. Hours of several zones begin together where those of one of them begin. */
export function nextOpening(question: RuledQuestion): number | undefined {
  const { now } = question
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const [from, to] = [now + ahead * DAY_MS, now + (ahead + 1) * DAY_MS]
    const first = beginningsIn(question, from, to).find((at) => isOpen(question, at))
    if (first !== undefined) return first
  }
  return undefined
}

/** After `from`, up to `to`, a day later. */
function beginningsIn({ rule, zones }: RuledQuestion, from: number, to: number): number[] {
  const minutes = [...new Set(rule.hours.map((one) => minuteOf(one.from)))]
  return zones
    .flatMap((zone) => {
      const days = [localTime(zone, from).day, localTime(zone, to).day]
      return days.flatMap((day) => minutes.map((minute) => instantOf(zone, { day, minute })))
    })
    .filter((at) => at > from && at <= to)
    .sort((one, other) => one - other)
}
