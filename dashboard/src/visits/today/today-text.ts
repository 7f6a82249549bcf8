import type { ApiResponse } from '../../api.ts'
import { money, number } from '../../format.ts'
import { pageHref } from '../../route.ts'
import { t, type TextKey } from '../../words/words.ts'

export const TODAY = 'today'
export const todayHref = (salespersonId?: string): string => pageHref(TODAY, salespersonId)

export type TodayEntry = ApiResponse<'/priorities'>['entries'][number]
export type ListChange = ApiResponse<'/salespeople/{id}/list-changes'>['items'][number]
export type DayPlan = ApiResponse<'/salespeople/{id}/day-plan'>
type LeftOut = DayPlan['leftOut'][number]

/** Urgencies from which a visit presses, and below which it can wait. */
const URGENT_FROM = 1.2
const CALM_BELOW = 0.7

/** Says why a customer is on the list, from the facts of the entry. */
export function whyText(entry: TodayEntry): string {
  return [visitsText(entry), trendText(entry), urgencyText(entry), worthText(entry)]
    .filter((part) => part !== null)
    .join(' ')
}

function visitsText({ visitCount, daysSinceVisit }: TodayEntry): string | null {
  if (visitCount === null) return null
  if (visitCount === 0 || daysSinceVisit === null) return t('today.notVisitedYet')
  return t('today.visitedLast', { visits: visitCount, days: daysSinceVisit })
}

function trendText({ trend }: TodayEntry): string | null {
  if (trend === null) return null
  const change = Math.round(100 * trend)
  if (change === 0) return t('today.lastVisitChangedLittle')
  return t(change > 0 ? 'today.lastVisitRaised' : 'today.lastVisitLowered', { points: Math.abs(change) })
}

function urgencyText({ urgency, visitCount }: TodayEntry): string | null {
  if (urgency === null || visitCount === 0) return null
  if (urgency >= URGENT_FROM) return t('today.pressing')
  return urgency < CALM_BELOW ? t('today.canWait') : null
}

function worthText({ worthMinor, worthCurrency, worthFrom }: TodayEntry): string | null {
  if (worthMinor === null || worthCurrency === null) return null
  const worth = money(worthMinor, worthCurrency)
  return worthFrom === 'assumed' ? t('today.worthUnknown', { worth }) : t('today.worth', { worth })
}

/** What happened to an opportunity since yesterday, and how it looks. */
export function changeTag({ change, status }: ListChange): { readonly label: string; readonly tone: string } {
  if (change === 'new') return { label: t('today.new'), tone: 'good' }
  if (change === 'up') return { label: t('today.up'), tone: 'good' }
  if (change === 'down') return { label: t('today.down'), tone: 'bad' }
  if (status === 'won') return { label: t('today.won'), tone: 'good' }
  return { label: t(status === 'lost' ? 'today.lost' : 'today.gone'), tone: '' }
}

/** Formats what a number was and is: “62.0 % → 75.0 %”; only one of them if it is new, gone or the same. */
export function fromTo(before: number | null, now: number | null, format: (value: number) => string): string {
  if (before === null || now === null) return now === null && before === null ? '–' : format((now ?? before)!)
  const [was, is] = [format(before), format(now)]
  return was === is ? is : `${was} → ${is}`
}

const leftOutKeys: Readonly<Record<LeftOut['why']['code'], TextKey>> = {
  'same-customer': 'today.sameCustomer',
  'not-worth': 'today.notWorth',
  'too-far': 'today.tooFar',
  full: 'today.full',
  unknown: 'today.nothingKnown',
}

/** Says why a customer is not in the plan. */
export function leftOutText({ why }: LeftOut): string {
  return t(leftOutKeys[why.code])
}

/** Says what the plan takes and brings. */
export function planText({ stops, km, expectedValueMinor, wayCostMinor, currency }: DayPlan): string {
  return t('today.planTakesAndBrings', {
    visits: stops.length,
    km: number(km),
    value: money(expectedValueMinor, currency),
    cost: money(wayCostMinor, currency),
  })
}

/** Compares the plan with the same number of visits in the order of the list. */
export function listOrderText({ listOrder: { km, expectedValueMinor }, currency }: DayPlan): string {
  return t('today.inListOrder', { km: number(km), value: money(expectedValueMinor, currency) })
}
