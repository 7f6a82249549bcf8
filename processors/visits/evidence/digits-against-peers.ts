import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { chiSquareTail } from '../../../models/selection/chi-square-tail.ts'
import { MINUTE_MS } from '../../../schemas/durations.ts'
import { detector, parameter, ramp } from './detector.ts'
import { percent } from '../formats.ts'

export const DIGITS = 10

export const digitsAgainstPeers = detector({
  kind: 'digits-against-peers',
  group: 'salesperson',
  means:
    'The last digits of the salesperson’s minutes, or of the numbers in the reports, are distributed differently from those of colleagues (chi-square test): people who make up numbers have favourite digits.',
  cannotKnow:
    'Which visit is concerned, or whether the salesperson rounds or works from another system. It weighs very little, and needs many visits.',
  weights: { false: 0.1, invalid: 0 },
  parameters: {
    countMin: parameter(80, 20, 10_000, 'minimum number of digits of the salesperson'),
    peersMin: parameter(500, 50, 100_000, 'minimum number of digits of the colleagues'),
    chance: parameter(1e-6, 1e-12, 0.05, 'significance level: maximum probability that such a difference is chance'),
    differenceMin: parameter(
      0.25,
      0.05,
      1,
      'minimum share of the digits that would have to change (total variation distance)',
    ),
  },
  *detect(visits, settings, { digits }) {
    if (digits === null) return
    const favoured = favouredDigits({ minutes: countMinutes(visits), numbers: countNumbers(visits) }, digits, settings)
    if (favoured !== undefined) for (const visit of visits) yield { visit, ...favoured, with: null }
  },
})

/** Occurrences of each last digit, 0 to 9. */
export interface DigitCounts {
  readonly minutes: readonly number[]
  readonly numbers: readonly number[]
}

/** Compares the digits of a salesperson with those of all; returns the evidence, or `undefined`. */
export function favouredDigits(
  own: DigitCounts,
  all: DigitCounts,
  settings: Readonly<Record<'countMin' | 'peersMin' | 'chance' | 'differenceMin', number>>,
): { readonly score: number; readonly text: string } | undefined {
  const differing = [
    { what: 'minutes', own: own.minutes, all: all.minutes },
    { what: 'numbers in reports', own: own.numbers, all: all.numbers },
  ].flatMap(({ what, own, all }) => {
    const difference = differenceOf(own, all, settings)
    return difference === undefined ? [] : [{ what, difference }]
  })
  if (differing.length === 0) return undefined
  const most = differing.reduce((one, other) => (other.difference > one.difference ? other : one))
  return {
    score: 0.5 + 0.5 * ramp(most.difference, settings.differenceMin, 2 * settings.differenceMin),
    text: `The last digits of the salesperson's ${most.what} are distributed differently from those of colleagues: ${percent(most.difference)} would have to change.`,
  }
}

/** Counts the last digits of the minutes at which visits began. */
export function countMinutes(visits: readonly Pick<VisitFacts, 'checkInAt' | 'at'>[]): number[] {
  const counts = new Array<number>(DIGITS).fill(0)
  for (const { checkInAt, at } of visits) {
    const began = checkInAt ?? at
    if (began !== null) counts[minuteDigit(began)]!++
  }
  return counts
}

/** Returns the last digit of the minute of a time (ms). */
export function minuteDigit(at: number): number {
  return ((Math.floor(at / MINUTE_MS) % DIGITS) + DIGITS) % DIGITS
}

export function countNumbers(visits: readonly Pick<VisitFacts, 'text'>[]): number[] {
  const counts = new Array<number>(DIGITS).fill(0)
  for (const { text } of visits) for (const digit of text?.digits ?? '') counts[Number(digit)]!++
  return counts
}

/**
 * Returns the total variation distance from the colleagues; `undefined`: too few digits, too small, or not significant
 * (chi-square test).
 */
function differenceOf(
  own: readonly number[],
  all: readonly number[],
  {
    countMin,
    peersMin,
    chance,
    differenceMin,
  }: Readonly<Record<'countMin' | 'peersMin' | 'chance' | 'differenceMin', number>>,
): number | undefined {
  const peers = all.map((count, digit) => Math.max(0, count - own[digit]!))
  const [n, m] = [sum(own), sum(peers)]
  if (n < countMin || m < peersMin) return undefined
  let [statistic, cells, difference] = [0, 0, 0]
  for (let digit = 0; digit < DIGITS; digit++) {
    const both = own[digit]! + peers[digit]!
    difference += Math.abs(own[digit]! / n - peers[digit]! / m) / 2
    if (both === 0) continue
    cells++
    const [expected, expectedPeers] = [(both * n) / (n + m), (both * m) / (n + m)]
    statistic += (own[digit]! - expected) ** 2 / expected + (peers[digit]! - expectedPeers) ** 2 / expectedPeers
  }
  if (cells < 2 || difference < differenceMin) return undefined
  return chiSquareTail(statistic, cells - 1) < chance ? difference : undefined
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
