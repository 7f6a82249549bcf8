/** A 95 % interval. */
export interface Interval {
  readonly lower: number
  readonly upper: number
}

/** The 0.975 quantile of the standard normal distribution. */
const NORMAL_97_5 = 1.959963984540054

/** Returns Wilson's interval (1927) of a rate observed in `count` cases, which never leaves [0, 1]. */
export function wilsonInterval(rate: number, count: number): Interval {
  const square = NORMAL_97_5 ** 2 / count
  const centre = (rate + square / 2) / (1 + square)
  const half = (NORMAL_97_5 / (1 + square)) * Math.sqrt((rate * (1 - rate)) / count + square / (4 * count))
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) }
}

/** Returns half the width of the normal interval of a mean of `count` values with this standard deviation. */
export function halfWidthOfMean(deviation: number, count: number): number {
  return NORMAL_97_5 * (deviation / Math.sqrt(count))
}
