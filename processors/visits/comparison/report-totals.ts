import { numericState, type KeyedState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import { DIGITS, minuteDigit, type DigitCounts } from '../evidence/digits-against-peers.ts'

const [RECEIVED, AUTHORS, COPYABLE, PEOPLE, FIRST, NEWEST, MINUTES] = [0, 1, 2, 3, 4, 5, 6]
const NUMBERS = MINUTES + DIGITS
const SLOTS = NUMBERS + DIGITS

/** Totals of all reports (under the empty id) and of each salesperson. */
export const totalKind = numericState('totals', SLOTS)

export interface Totals {
  /** Reports received, corrections included, which is the number of the next one; and the number of their authors. */
  readonly received: number
  readonly authors: number
  /** Reports that can be copied from, and the number of their authors. */
  readonly copyable: number
  readonly people: number
  /** Number of the first report that is kept. */
  readonly first: number
  /** Time of the newest visit, ms. */
  readonly newest: number
}

export function totalsOf(state: KeyedState): Totals {
  const totals = held(state)
  return {
    received: totals[RECEIVED]!,
    authors: totals[AUTHORS]!,
    copyable: totals[COPYABLE]!,
    people: totals[PEOPLE]!,
    first: totals[FIRST]!,
    newest: totals[NEWEST]!,
  }
}

/** Returns the last digits of all reports, or of a salesperson's. */
export function digitsIn(state: KeyedState, salespersonId?: string): DigitCounts {
  const totals = held(state, salespersonId)
  return {
    minutes: Array.from(totals.subarray(MINUTES, NUMBERS)),
    numbers: Array.from(totals.subarray(NUMBERS, SLOTS)),
  }
}

/** Counts a received report and returns its number. */
export function countReceived(state: KeyedState, salespersonId: string, at: number): number {
  const [all, own] = [held(state), held(state, salespersonId)]
  const number = all[RECEIVED]!
  all[RECEIVED] = number + 1
  if (own[RECEIVED]!++ === 0) all[AUTHORS]!++
  all[NEWEST] = number === 0 ? at : Math.max(all[NEWEST]!, at)
  put(state, all)
  put(state, own, salespersonId)
  return number
}

interface Counted {
  /** Whether the report can be copied from. */
  readonly hasContent: boolean
  /** When the visit began, ms. */
  readonly began: number
  /** Last digits of the report’s numbers. */
  readonly digits: string
}

/**
 * Adds (1) or subtracts (-1) a report: in the number of reports, and in the last digits of its minute and its numbers.
 */
export function countContent(state: KeyedState, salespersonId: string, report: Counted, by: 1 | -1): void {
  const { hasContent, began, digits } = report
  const [all, own] = [held(state), held(state, salespersonId)]
  if (hasContent) {
    all[COPYABLE]! += by
    own[COPYABLE]! += by
    if (own[COPYABLE] === (by === 1 ? 1 : 0)) all[PEOPLE]! += by
  }
  const minute = minuteDigit(began)
  for (const totals of [all, own]) {
    totals[MINUTES + minute]! += by
    for (const digit of digits) totals[NUMBERS + Number(digit)]! += by
  }
  put(state, all)
  put(state, own, salespersonId)
}

export function keepFrom(state: KeyedState, first: number): void {
  const all = held(state)
  all[FIRST] = first
  put(state, all)
}

function held(state: KeyedState, salespersonId?: string): Float64Array {
  return state.get(totalKind, idOf(salespersonId)) ?? new Float64Array(SLOTS)
}

function put(state: KeyedState, totals: Float64Array, salespersonId?: string): void {
  state.put(totalKind, idOf(salespersonId), totals)
}

function idOf(salespersonId: string | undefined): string {
  return salespersonId === undefined ? '' : `of/${idPart(salespersonId)}`
}
