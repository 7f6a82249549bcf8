import { type ApiResponse } from '../../api.ts'
import { date, duration, percent, title } from '../../format.ts'
import { decisionText } from '../../visits/cases/case-text.ts'
import { t } from '../../words/words.ts'

export type TimelineEntry = ApiResponse<'/customers/{id}/timeline'>['items'][number]
type Part<Name extends keyof TimelineEntry> = NonNullable<TimelineEntry[Name]>

/** Names of the kinds, in the order of the filter. */
export const kindNames = (): Readonly<Record<TimelineEntry['kind'], string>> => ({
  visit: t('customers.visit'),
  call: t('common.call'),
  interactions: title('interactions'),
  payments: t('customers.payments'),
  records: t('customers.assetsAndProfile'),
  score: t('customers.score'),
  alert: t('customers.alert'),
  case: t('customers.review'),
})

/** Returns what an entry says, as a sentence or the beginning of one. */
export function whatHappened({ visit, call, events, score, alert, case: decided }: TimelineEntry): string {
  if (visit !== null) return t('customers.visitBy', { salespersonId: visit.salespersonId })
  if (call !== null) return callText(call)
  if (events !== null) return eventsText(events)
  if (score !== null) return scoreText(score)
  if (alert !== null) return title(alert.kind)
  return decided === null ? '' : decidedText(decided)
}

/** Returns what else is to be said of an entry; empty if nothing. */
export function aboutText({ visit, call, score }: TimelineEntry): string {
  const parts = [
    visit === null ? null : stayText(visit),
    visit?.opportunityId ?? score?.opportunityId,
    call?.campaign,
    call?.converted === true ? t('customers.bought') : call?.converted === false ? t('customers.didNotBuy') : null,
  ]
  return parts.filter((part) => part !== null && part !== undefined).join(' · ')
}

/** Returns how the tag of an entry looks. */
export function toneOf({ alert, call, case: decided, score }: TimelineEntry): 'good' | 'warn' | 'bad' | '' {
  if (decided !== null) return decided.decision === 'confirmed' ? 'bad' : ''
  if (alert !== null) return alert.raised ? 'warn' : ''
  if (score !== null) return score.before !== null && score.probability > score.before ? 'good' : ''
  return call?.converted === true ? 'good' : ''
}

/** How long the salesperson was there. */
function stayText({ checkInAt, checkOutAt }: Part<'visit'>): string | null {
  if (checkInAt === null || checkOutAt === null) return null
  return t('visits.minutesThere', { minutes: Math.round((Date.parse(checkOutAt) - Date.parse(checkInAt)) / 60_000) })
}

function callText({ direction, answered, durationS, disposition }: Part<'call'>): string {
  const talked = duration(1_000 * durationS)
  const call =
    direction === 'inbound'
      ? t('customers.customerCalled', { answered, talked })
      : t('customers.weCalled', { answered, talked })
  return disposition === null ? call : t('customers.callWithOutcome', { call, outcome: title(disposition) })
}

function eventsText({ topic, events }: Part<'events'>): string {
  switch (topic) {
    case 'transactions':
      return t('customers.paymentCount', { events })
    case 'purchases':
      return t('customers.purchaseCount', { events })
    case 'interactions':
      return t('customers.interactionCount', { events })
    case 'assets':
      return t('customers.assetCount', { events })
    case 'credit-lines':
      return t('customers.creditLineCount', { events })
    case 'profiles':
      return t('customers.profileCount', { events })
    default:
      return title(topic)
  }
}

function scoreText({ task, before, probability }: Part<'score'>): string {
  const values = { task: title(task), probability: percent(probability) }
  if (before === null) return t('customers.firstScore', values)
  const change = { ...values, before: percent(before) }
  return probability > before ? t('customers.scoreRose', change) : t('customers.scoreFell', change)
}

function decidedText({ visitedAt, decision, decidedBy }: Part<'case'>): string {
  const values = { visitedAt: date(visitedAt), decision: decisionText(decision) }
  return decidedBy === null
    ? t('customers.reviewDecided', values)
    : t('customers.reviewDecidedBy', { ...values, decidedBy })
}
