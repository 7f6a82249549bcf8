import type { ApiResponse } from '../../api.ts'
import { count, dateAndTime, number, percent, title } from '../../format.ts'
import type { Campaign } from './campaign-state.ts'

export type Entry = ApiResponse<'/campaigns/{campaign}/queue'>['items'][number]

const states: Readonly<Record<string, string>> = {
  waiting: 'Waiting',
  calling: 'Being called',
  unknown: 'Outcome not reported',
  done: 'Finished',
  removed: 'Removed from the list',
}

export function entryText(state: string): string {
  return states[state] ?? title(state)
}

/** Describes what a list is sorted by. */
export function orderText({ order, product }: Pick<Campaign, 'order' | 'product'>): string {
  return order === 'best-interest' && product !== null
    ? `interest in ${title(product).toLowerCase()}`
    : 'expected value'
}

/** Describes what a call to the customer is worth by the order of the list, and how that is computed. */
export function valueTexts(
  entry: Pick<Entry, 'expectedValue' | 'value' | 'probability' | 'interest' | 'interestValue'>,
) {
  const { expectedValue, value, probability, interest, interestValue } = entry
  const [worth, chance, unknown, likely] =
    interestValue === null
      ? [`expected value ${number(expectedValue)}`, probability, 'no score yet', 'likely to succeed']
      : [`value by interest ${number(interestValue)}`, interest, 'interest unknown', 'likely to want it']
  return { worth, about: `worth ${number(value)}, ${chance === null ? unknown : `${percent(chance)} ${likely}`}` }
}

/** Whether no customer's interest in the product is known: there is no model yet, or the product's name is wrong. */
export function isInterestUnknown(entries: readonly Pick<Entry, 'interest' | 'interestValue'>[]): boolean {
  return (
    entries.length > 0 && entries.every(({ interest, interestValue }) => interestValue !== null && interest === null)
  )
}

/** Describes the number of customers by state, in the order in which they pass through the list. Omits empty states. */
export function stateCountsText(counts: readonly { readonly state: string; readonly customers: number }[]): string {
  const known = Object.keys(states)
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
  if (isAhead(dueAt)) return `due ${dateAndTime(dueAt)}`
  if (isAhead(refusedUntil)) return `may not be called now, next attempt ${dateAndTime(refusedUntil)}`
  return 'due now'
}

/** Describes the hour in which the customer answers most often, in the customer’s local time. */
export function bestHourText(hour: number | null): string | undefined {
  if (hour === null) return undefined
  const clock = (at: number) => `${String(at % 24).padStart(2, '0')}:00`
  return `best time to call ${clock(hour)}–${clock(hour + 1)} local time`
}

export function attemptsText({ attempts, lastDisposition }: Pick<Entry, 'attempts' | 'lastDisposition'>): string {
  if (attempts === 0) return 'not called yet'
  const times = attempts === 1 ? 'called once' : `called ${attempts} times`
  return lastDisposition === null ? times : `${times}, last outcome: ${title(lastDisposition).toLowerCase()}`
}
