import { firstDuplicate } from '../../first-duplicate.ts'
import type { ContactRule } from '../../../schemas/calls/contact-rules.ts'
import { minuteOf } from './local-time.ts'
import type { ContactRulesValue } from './permission-request.ts'

/**
 * Returns what is contradictory or missing in contact rules; `undefined` if nothing is. The schema has checked each
 * single value.
 */
export function validateContactRules({ timeZones, holidays, rules }: ContactRulesValue): string | undefined {
  if (timeZones.length === 0) return 'List in `timeZones` the time zones of the jurisdiction.'
  const zone = firstDuplicate(timeZones)
  if (zone !== undefined) return `The time zone ${zone} is listed twice.`
  const holiday = firstDuplicate(holidays.map(({ date }) => date))
  if (holiday !== undefined) return `The holiday ${holiday} is listed twice.`
  if (rules.length === 0) return 'List in `rules` what is allowed: without a rule nobody can be called.'
  for (const rule of rules) {
    const fault = validateRule(rule)
    if (fault !== undefined) return fault
  }
  const covered = firstDuplicate(rules.flatMap(casesOf))
  return covered === undefined ? undefined : `There are two rules for ${covered}: remove one of them.`
}

function casesOf({ purposes, channels }: ContactRule): string[] {
  return purposes.flatMap((purpose) => channels.map((channel) => `the purpose ${purpose} by ${channel}`))
}

function validateRule({ purposes, channels, hours }: ContactRule): string | undefined {
  if (purposes.length === 0 || channels.length === 0) return 'A rule must name its `purposes` and `channels`.'
  for (const { days, from, to } of hours) {
    if (days.length === 0) return 'Hours must name their `days`.'
    if (minuteOf(from) >= minuteOf(to))
      return `The hours from ${from} to ${to} end before they begin: split hours over midnight into two entries.`
  }
  return undefined
}
