import type { Random } from '../../models/random.ts'

/**
 * Calls by hour of a working day, as shares of the peak. Modelled on what is published of a bank’s call centre, call by
 * call over the year 1999 (L. Brown et al.: Statistical analysis of a telephone call center, JASA 100, 2005; data set
 * Callcenter of the R package Rfssa): some 1,220 calls a day, few before eight and after eighteen, most around half
 * past ten, many still over noon. The sources do not give the number of each hour; those here are our estimates.
 */
const HOURS = [
  ...[0.08, 0.04, 0.03, 0.02, 0.02, 0.04, 0.12, 0.35, 0.74, 0.95, 1, 0.96],
  ...[0.9, 0.86, 0.88, 0.84, 0.74, 0.62, 0.5, 0.44, 0.4, 0.38, 0.3, 0.18],
]
const CALLS_OF_THE_BANK = 1_220
const HOUR_SECONDS = 3_600
export const DAY_SECONDS = 24 * HOUR_SECONDS

/** Returns the rate of calls per second at a second of the day; `size`: 1 for the bank’s own call centre. */
export function rateAt(second: number, size: number): number {
  // Interpolates between the middles of two hours.
  const place = second / HOUR_SECONDS - 0.5 + HOURS.length
  const [before, share] = [Math.floor(place), place % 1]
  const weight = (hour: number) => HOURS[hour % HOURS.length]!
  const weightNow = (1 - share) * weight(before) + share * weight(before + 1)
  const total = HOURS.reduce((sum, one) => sum + one, 0)
  return (size * CALLS_OF_THE_BANK * weightNow) / (total * HOUR_SECONDS)
}

/** Returns the seconds of the day at which calls arrive: a Poisson process with that rate, by thinning. */
export function arrivals(random: Random, size: number): readonly number[] {
  const highest = rateAt(10.5 * HOUR_SECONDS, size)
  const seconds: number[] = []
  for (let second = 0; ;) {
    second -= Math.log(1 - random()) / highest
    if (second >= DAY_SECONDS) return seconds
    if (random() * highest < rateAt(second, size)) seconds.push(second)
  }
}
