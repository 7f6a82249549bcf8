import { numericState, type KeyedState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import { DIGITS, minuteDigit, type DigitCounts } from '../evidence/digits-against-peers.ts'

const [COMING, AUTHORS, STANDING, PEOPLE, FIRST, NEWEST, MINUTES] = [0, 1, 2, 3, 4, 5, 6]
const NUMBERS = MINUTES + DIGITS
const SLOTS = NUMBERS + DIGITS

/** Totals of all reports (under the empty id) and of each salesperson. */
export const totalKind = numericState('totals', SLOTS)

export interface Totals {
  /** Reports received, corrections included, which is the number of the next one; and the number of their authors. */
  readonly coming: number
  readonly authors: number
  /** Reports that can be copied from, and the number of their authors. */
  readonly standing: number
  readonly people: number
  /** Number of the first report that is kept. */
  readonly first: number
  /** Time of the newest visit, ms. */
  readonly newest: number
  readonly digits: DigitCounts
}

export function totalsOf(state: KeyedState, salespersonId?: string): Totals {
  const totals = state.get(totalKind, idOf(salespersonId)) ?? new Float64Array(SLOTS)
  return {
    coming: totals[COMING]!,
    authors: totals[AUTHORS]!,
    standing: totals[STANDING]!,
    people: totals[PEOPLE]!,
    first: totals[FIRST]!,
    newest: totals[NEWEST]!,
    digits: {
      minutes: [...totals.subarray(MINUTES, NUMBERS)],
      numbers: [...totals.subarray(NUMBERS, SLOTS)],
    },
  }
}

/** Counts a received report and returns its number. */
export function countComing(state: KeyedState, salespersonId: string, at: number): number {
  const [all, own] = [held(state), held(state, salespersonId)]
  const number = all[COMING]!
  all[COMING] = number + 1
  if (own[COMING]!++ === 0) all[AUTHORS]!++
  all[NEWEST] = number === 0 ? at : Math.max(all[NEWEST]!, at)
  put(state, all)
  put(state, own, salespersonId)
  return number
}

interface Counted {
  /** Whether the report can be copied from. */
  readonly isTold: boolean
  /** When the visit began, ms. */
  readonly began: number
  /** Last digits of the report’s numbers. */
  readonly digits: string
}

/**
 * Adds (1) or subtracts (-1) a report: in the number of reports, and in the last digits of its minute and its numbers.
 */
export function countStanding(state: KeyedState, salespersonId: string, report: Counted, by: 1 | -1): void {
  const { isTold, began, digits } = report
  const [all, own] = [held(state), held(state, salespersonId)]
  if (isTold) {
    all[STANDING]! += by
    own[STANDING]! += by
    if (own[STANDING] === (by === 1 ? 1 : 0)) all[PEOPLE]! += by
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
