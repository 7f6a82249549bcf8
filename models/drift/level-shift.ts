import { countOf, meanOf, varianceOf, type BlockSeries } from './block-series.ts'
import { levelOf } from './level.ts'
import { runFactor, type Reference } from './reference.ts'
import { normalTail, studentTail } from './tails.ts'

/** Difference between a run of blocks and its reference. */
export interface Shift {
  /** Recent mean minus reference mean, both without the season. */
  readonly difference: number
  /** Effect size in standard deviations of single rows; Cohen's h for shares. */
  readonly effect: number
  /** Two-sided p-value (one-sided for a series that may only rise), before any multiple-testing correction. */
  readonly pValue: number
}

/** Minimum number of scored rows in a run and in its reference. */
const ROWS_MIN = 20
/** Minimum number of independent blocks for estimating the variance between blocks. */
const INDEPENDENT_MIN = 3
/**
 * Factor by which a run must exceed the most extreme run of the reference, so that bursts like earlier ones raise no
 * alarm.
 */
const BEYOND = 1.1
/** Above this p-value of one test, the other is skipped. */
const FAR_FROM_ALARM = 1e-3

const noShift: Shift = { difference: 0, effect: 0, pValue: 1 }

/**
 * Tests whether the mean of blocks `from` to `to` (exclusive) differs from the reference. Two tests must agree: the
 * larger p-value counts. One treats rows as independent, up to a design effect: a z-test of means, for shares the
 * signed root of the likelihood ratio, which also holds for rare events. The other compares with the variation between
 * blocks of the reference, by Student's t with degrees of freedom from the number of independent blocks (batch means:
 * Law and Kelton), so that autocorrelation, bursts and cycles don't look like drift.
 */
export function levelShift(
  series: BlockSeries,
  reference: Reference,
  positions: Float64Array,
  from: number,
  to: number,
): Shift {
  const recentRows = countOf(series, from, to)
  const referenceRows = countOf(series, reference.from, reference.to)
  if (recentRows < ROWS_MIN || referenceRows < ROWS_MIN) return noShift
  if (reference.independent < INDEPENDENT_MIN) return noShift
  const { season } = reference
  const difference = levelOf(series, season, positions, from, to) - reference.mean
  const blocks = to - from
  const runs = reference.runs(blocks)
  if (difference > runs.below * BEYOND && difference < runs.above * BEYOND) return { ...noShift, difference }
  const ofRun = Math.max((reference.variance * runFactor(blocks, reference.correlation)) / blocks, runs.variance)
  const t = difference / Math.sqrt(ofRun + reference.variance / reference.independent)
  const bySpread = studentTail(series.onlyUp === true ? t : Math.abs(t), reference.independent - 1)
  if (bySpread > FAR_FROM_ALARM) return { ...noShift, difference }
  const variance = varianceOf(series, reference.from, reference.to)
  // Design effect: the number of rows that count as one, plus a margin for what a short reference may have missed.
  const design = Math.max(1, ((ofRun * recentRows) / variance) * (1 + 2 / Math.sqrt(reference.independent)))
  const z =
    series.isShare && season === undefined
      ? shareRoot(series, reference, from, to, design)
      : difference / Math.sqrt(variance * design * (1 / recentRows + 1 / referenceRows))
  const byRows = normalTail(series.onlyUp === true ? z : Math.abs(z))
  const sides = series.onlyUp === true ? 1 : 2
  return {
    difference,
    effect: series.isShare ? cohensH(series, reference, from, to) : difference / Math.sqrt(variance),
    pValue: Math.min(1, sides * Math.max(bySpread, byRows)),
  }
}

/** Returns the signed root of twice the log-likelihood ratio of two shares (McCullagh and Nelder 1989, 4.4). */
function shareRoot(series: BlockSeries, reference: Reference, from: number, to: number, design: number): number {
  const [n, m] = [countOf(series, reference.from, reference.to) / design, countOf(series, from, to) / design]
  const [x, y] = [meanOf(series, reference.from, reference.to) * n, meanOf(series, from, to) * m]
  const all = (x + y) / (n + m)
  const part = (count: number, of: number, share: number) => (count === 0 ? 0 : count * Math.log(count / (of * share)))
  const twice = 2 * (part(x, n, all) + part(n - x, n, 1 - all) + part(y, m, all) + part(m - y, m, 1 - all))
  return Math.sign(y / m - x / n) * Math.sqrt(Math.max(0, twice))
}

/** Returns Cohen's h of two shares (Cohen 1988, 6): 0.2 is small, 0.5 medium, 0.8 large. */
function cohensH(series: BlockSeries, reference: Reference, from: number, to: number): number {
  const angle = (share: number) => 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, share))))
  return angle(meanOf(series, from, to)) - angle(meanOf(series, reference.from, reference.to))
}
