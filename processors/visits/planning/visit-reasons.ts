import { DAY_MS } from '../../../schemas/durations.ts'
import { DAY_MARKS } from '../../../schemas/visits/planning.ts'
import { dayText, percent } from '../formats.ts'
import type { OpportunityFacts } from './opportunity-facts.ts'
import { TREND_MIN } from './next-action.ts'
import { wholeDays } from './urgency.ts'

/** Limit for a stage’s name, which comes from the CRM, so that a reason stays on one line. */
const STAGE_SHOWN_MAX = 40
/** Days without a visit from which the absence is mentioned. */
const LONG_DAYS = 14

/**
 * Returns reasons for and against a visit, in words of a salesperson. They change only with events or at day marks;
 * exact numbers of days are left to the reader.
 */
export function visitReasons(known: OpportunityFacts): string[] {
  const { agreed, stage } = known
  return [
    agreed === null ? null : `The last report says: “${agreed}”`,
    trendReason(known),
    visitsReason(known),
    absenceReason(known),
    closeReason(known),
    stage === null ? null : `Stage: ${[...stage].slice(0, STAGE_SHOWN_MAX).join('').toWellFormed()}.`,
  ].filter((reason) => reason !== null)
}

function trendReason({ trend, probability }: OpportunityFacts): string | null {
  if (trend === null || probability === null) return null
  const change = `from ${percent(probability - trend)} to ${percent(probability)}`
  if (trend >= TREND_MIN) return `The last visit raised the probability ${change}.`
  if (trend <= -TREND_MIN) return `The last visit lowered the probability ${change}.`
  return 'The last visit changed the probability little.'
}

function visitsReason({ visitCount, visitsInMonth, lastVisitAt }: OpportunityFacts): string {
  if (lastVisitAt === null) return 'Not visited yet.'
  if (visitCount === 1) return 'Visited once.'
  if (visitsInMonth === null || visitsInMonth < 2) return `Visited ${visitCount} times.`
  if (visitsInMonth >= visitCount) return `Visited ${visitCount} times within 30 days.`
  return `Visited ${visitCount} times, the last ${visitsInMonth} within 30 days.`
}

function absenceReason({ lastVisitAt, at }: OpportunityFacts): string | null {
  if (lastVisitAt === null) return null
  const days = wholeDays(lastVisitAt, at)
  const mark = DAY_MARKS.findLast((one) => one <= days)!
  return mark < LONG_DAYS ? null : `Nobody was there for ${mark} days or more.`
}

function closeReason({ plannedCloseAt, at }: OpportunityFacts): string | null {
  if (plannedCloseAt === null) return null
  const date = dayText(plannedCloseAt)
  if (plannedCloseAt <= at) return `Was to be closed on ${date}.`
  const mark = DAY_MARKS.find((days) => plannedCloseAt - at <= days * DAY_MS)
  return mark === undefined || mark > 30
    ? `To be closed on ${date}.`
    : `To be closed on ${date}, within ${mark} ${mark === 1 ? 'day' : 'days'}.`
}
