import type { ApiResponse } from '../../api.ts'
import { count, dateAndTime, number, percent, title } from '../../format.ts'
import type { Campaign } from './campaign-state.ts'
import { t } from '../../words/words.ts'

export type Entry = ApiResponse<'/campaigns/{campaign}/queue'>['items'][number]

const states = (): Readonly<Record<string, string>> => ({
  waiting: t('campaigns.waiting'),
  calling: t('campaigns.beingCalled'),
  unknown: t('campaigns.outcomeNotReported'),
  done: t('campaigns.finished'),
  removed: t('campaigns.removedFromTheList'),
})

export function entryText(state: string): string {
  return states()[state] ?? title(state)
}

/** Describes what a list is sorted by. */
export function orderText({ order, product }: Pick<Campaign, 'order' | 'product'>): string {
  return order === 'best-interest' && product !== null
    ? t('campaigns.interestIn', { product: title(product).toLowerCase() })
    : t('campaigns.expectedValue')
}

/** Describes what a call to the customer is worth by the order of the list, and how that is computed. */
export function valueTexts(
  entry: Pick<Entry, 'expectedValue' | 'value' | 'probability' | 'interest' | 'interestValue'>,
) {
  const { expectedValue, value, probability, interest, interestValue } = entry
  const ofInterest = interestValue !== null
  const chance = ofInterest ? interest : probability
  return {
    worth: ofInterest
      ? t('campaigns.valueByInterest', { value: number(interestValue) })
      : t('campaigns.expectedValueOf', { value: number(expectedValue) }),
    about: t('campaigns.worth', {
      value: number(value),
      ...{ of: ofInterest ? 'interest' : 'success', isKnown: String(chance !== null), chance: percent(chance ?? 0) },
    }),
  }
}

/** Whether no customer's interest in the product is known: there is no model yet, or the product's name is wrong. */
export function isInterestUnknown(entries: readonly Pick<Entry, 'interest' | 'interestValue'>[]): boolean {
  return (
    entries.length > 0 && entries.every(({ interest, interestValue }) => interestValue !== null && interest === null)
  )
}

/** Describes the number of customers by state, in the order in which they pass through the list. Omits empty states. */
export function stateCountsText(counts: readonly { readonly state: string; readonly customers: number }[]): string {
  const known = Object.keys(states())
  const placeOf = (state: string) => (known.includes(state) ? known.indexOf(state) : known.length)
  return counts
    .filter(({ customers }) => customers > 0)
    .sort((one, other) => placeOf(one.state) - placeOf(other.state))
    .map(({ state, customers }) => `${entryText(state)}: ${count(customers)}`)
    .join(' · ')
}

/** Describes when a waiting customer is due. `now`: ms since 1970, by the campaign's clock. */
export function dueText({ state, dueAt, refusedUntil }: Entry, now: number): string | undefined {
  if (state !== 'waiting') return undefined
  const isAhead = (iso: string | null): iso is string => iso !== null && Date.parse(iso) > now
  if (isAhead(dueAt)) return t('campaigns.due', { at: dateAndTime(dueAt) })
  if (isAhead(refusedUntil)) return t('campaigns.mayNotBeCalledNowNext', { refusedUntil: dateAndTime(refusedUntil) })
  return t('campaigns.dueNow')
}

/** Describes the hour in which the customer answers most often, in the customer’s local time. */
export function bestHourText(hour: number | null): string | undefined {
  if (hour === null) return undefined
  const clock = (at: number) => `${String(at % 24).padStart(2, '0')}:00`
  return t('campaigns.bestTimeToCallLocalTime', { clock: clock(hour), clock2: clock(hour + 1) })
}

export function attemptsText({ attempts, lastDisposition }: Pick<Entry, 'attempts' | 'lastDisposition'>): string {
  if (attempts === 0) return t('campaigns.notCalledYet')
  const times = t('campaigns.calledTimes', { attempts })
  return lastDisposition === null
    ? times
    : t('campaigns.lastOutcome', { times, lastDisposition: title(lastDisposition).toLowerCase() })
}
