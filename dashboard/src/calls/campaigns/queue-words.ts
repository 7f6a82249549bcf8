import type { Answer } from '../../api.ts'
import { count, dateAndTime, number, percent, title } from '../../format.ts'
import type { Campaign } from './campaign-state.ts'

export type Entry = Answer<'/campaigns/{campaign}/queue'>['items'][number]

const states: Readonly<Record<string, string>> = {
  waiting: 'Waiting',
  calling: 'Call under way',
  unknown: 'Outcome not reported',
  done: 'Finished',
  removed: 'Taken off the list',
}

export function entryWords(state: string): string {
  return states[state] ?? title(state)
}

/** What a list is in order of. */
export function orderWords({ order, product }: Pick<Campaign, 'order' | 'product'>): string {
  return order === 'best-interest' && product !== null
    ? `interest in ${title(product).toLowerCase()}`
    : 'expected value'
}

/** What a call to the customer is worth by the order of the list, and what that is made of. */
export function worthWords(
  entry: Pick<Entry, 'expectedValue' | 'value' | 'probability' | 'interest' | 'interestValue'>,
) {
  const { expectedValue, value, probability, interest, interestValue } = entry
  const [worth, chance, unknown, likely] =
    interestValue === null
      ? [`expected value ${number(expectedValue)}`, probability, 'no score yet', 'likely to succeed']
      : [`value by interest ${number(interestValue)}`, interest, 'interest not known', 'likely to want it']
  return { worth, about: `worth ${number(value)}, ${chance === null ? unknown : `${percent(chance)} ${likely}`}` }
}

/** The product has no customer who is known to want it, or not: perhaps its name is wrong. */
export function nobodyKnown(entries: readonly Pick<Entry, 'interest' | 'interestValue'>[]): boolean {
  return (
    entries.length > 0 && entries.every(({ interest, interestValue }) => interestValue !== null && interest === null)
  )
}

/** By state, in the order of a customer’s way through the list; states without customers are left out. */
export function standingWords(counts: readonly { readonly state: string; readonly customers: number }[]): string {
  const known = Object.keys(states)
  const placeOf = (state: string) => (known.includes(state) ? known.indexOf(state) : known.length)
  return counts
    .filter(({ customers }) => customers > 0)
    .sort((one, other) => placeOf(one.state) - placeOf(other.state))
    .map(({ state, customers }) => `${entryWords(state)}: ${count(customers)}`)
    .join(' · ')
}

/** When a waiting customer is called. `now`: ms, by the clock that the campaign runs by. */
export function dueWords({ state, dueAt, refusedUntil }: Entry, now: number): string | undefined {
  if (state !== 'waiting') return undefined
  const isAhead = (iso: string | null): iso is string => iso !== null && Date.parse(iso) > now
  if (isAhead(dueAt)) return `due ${dateAndTime(dueAt)}`
  if (isAhead(refusedUntil)) return `may not be called now, next try ${dateAndTime(refusedUntil)}`
  return 'due now'
}

/** The hour of the customer’s own day in which calls are answered most often. */
export function bestHourWords(hour: number | null): string | undefined {
  if (hour === null) return undefined
  const clock = (at: number) => `${String(at % 24).padStart(2, '0')}:00`
  return `answers best ${clock(hour)}–${clock(hour + 1)}, customer’s time`
}

export function attemptsWords({ attempts, lastDisposition }: Pick<Entry, 'attempts' | 'lastDisposition'>): string {
  if (attempts === 0) return 'not called yet'
  const times = attempts === 1 ? 'called once' : `called ${attempts} times`
  return lastDisposition === null ? times : `${times}, last outcome: ${title(lastDisposition).toLowerCase()}`
}
