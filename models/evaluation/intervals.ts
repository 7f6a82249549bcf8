/** 95 % intervals. */
export interface Interval {
  readonly lower: number
  readonly upper: number
}

/** The normal distribution's quantile of 0.975. */
const NORMAL_97_5 = 1.959963984540054

/** Of a rate that was seen in so many cases: Wilson's (1927), which never leaves [0, 1]. */
export function wilsonInterval(rate: number, count: number): Interval {
  const square = NORMAL_97_5 ** 2 / count
  const centre = (rate + square / 2) / (1 + square)
  const half = (NORMAL_97_5 / (1 + square)) * Math.sqrt((rate * (1 - rate)) / count + square / (4 * count))
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) }
}

/** Half the normal interval of a mean of so many values with that standard deviation. */
export function halfWidthOfMean(deviation: number, count: number): number {
  return NORMAL_97_5 * (deviation / Math.sqrt(count))
}
