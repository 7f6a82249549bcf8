import { countOf, meanOf, varianceOf, type BlockSeries } from './block-series.ts'
import { levelOf } from './level.ts'
import { runFactor, type Reference } from './reference.ts'
import { normalTail, studentTail } from './tails.ts'

/** How far a run of blocks is from its reference. */
export interface Shift {
  /** The recent mean minus that of the reference, without the season. */
  readonly difference: number
  /** In standard deviations of single rows; for shares Cohen's h. */
  readonly effect: number
  /** Two-sided (one-sided for what may only rise), before any correction for many tests. */
  readonly pValue: number
}

/** Rows with a score that a run must have. */
const ROWS_MIN = 20
/** Fewer independent blocks don't say how much blocks differ. */
const INDEPENDENT_MIN = 3
/** A run must be further from the mean than any of the reference was, by this factor: bursts that it has seen are none. */
const BEYOND = 1.1
/** Such p-values are not worth a second test. */
const FAR_FROM_ALARM = 1e-3

const noShift: Shift = { difference: 0, effect: 0, pValue: 1 }

/**
 * Whether blocks from `from` to before `to` have another mean than the reference. Two tests must agree, and the larger
 * p-value counts. The first takes rows as independent: a z-test of means, for shares the signed root of the likelihood
 * ratio, which holds for rare ones too. The second compares with how much blocks of the reference differed from each
 * other, by Student's t with as many degrees of freedom as there were independent blocks (batch means: Law and Kelton),
 * so that autocorrelation, bursts and cycles don't look like drift.
 */
export function levelShift(
  series: BlockSeries,
  reference: Reference,
  places: Float64Array,
  from: number,
  to: number,
): Shift {
  const recentRows = countOf(series, from, to)
  const referenceRows = countOf(series, reference.from, reference.to)
  if (recentRows < ROWS_MIN || referenceRows < ROWS_MIN) return noShift
  if (reference.independent < INDEPENDENT_MIN) return noShift
  const { season } = reference
  const difference = levelOf(series, season, places, from, to) - reference.mean
  const blocks = to - from
  const runs = reference.runs(blocks)
  if (difference > runs.below * BEYOND && difference < runs.above * BEYOND) return { ...noShift, difference }
  const ofRun = Math.max((reference.variance * runFactor(blocks, reference.correlation)) / blocks, runs.variance)
  const t = difference / Math.sqrt(ofRun + reference.variance / reference.independent)
  const bySpread = studentTail(series.onlyUp === true ? t : Math.abs(t), reference.independent - 1)
  if (bySpread > FAR_FROM_ALARM) return { ...noShift, difference }
  const variance = varianceOf(series, reference.from, reference.to)
  // So many rows of a run count as one, with what a short reference may have missed.
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

/** The signed root of twice the logarithm of the likelihood ratio of two shares (McCullagh and Nelder 1989, 4.4). */
function shareRoot(series: BlockSeries, reference: Reference, from: number, to: number, design: number): number {
  const [n, m] = [countOf(series, reference.from, reference.to) / design, countOf(series, from, to) / design]
  const [x, y] = [meanOf(series, reference.from, reference.to) * n, meanOf(series, from, to) * m]
  const all = (x + y) / (n + m)
  const part = (count: number, of: number, share: number) => (count === 0 ? 0 : count * Math.log(count / (of * share)))
  const twice = 2 * (part(x, n, all) + part(n - x, n, 1 - all) + part(y, m, all) + part(m - y, m, 1 - all))
  return Math.sign(y / m - x / n) * Math.sqrt(Math.max(0, twice))
}

/** Of two shares (Cohen 1988, 6): 0.2 is small, 0.5 medium, 0.8 large. */
function cohensH(series: BlockSeries, reference: Reference, from: number, to: number): number {
  const angle = (share: number) => 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, share))))
  return angle(meanOf(series, from, to)) - angle(meanOf(series, reference.from, reference.to))
}
