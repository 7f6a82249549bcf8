import { clusterTest } from '../../models/drift/cluster-permutation.ts'
import { EFFECT_MIN } from '../../models/drift/watched-stream.ts'
import type { Dataset, Model } from '../../models/model.ts'
import { scored } from './scored.ts'

/** Minimum number of rows served since the newest ones that the champion was evaluated on. */
export const RECENT_ROWS_MIN = 50

/** Significance of one test: with three measures and a test per 50 labels, a false alarm takes many champions. */
const P_MAX = 1e-4
const PERMUTATION_P_MAX = 0.01

/** A measure of the champion that has changed. */
export interface ChampionDrift {
  readonly measure: 'label rate' | 'calibration' | 'error'
  /** Mean of the measure on the rows that the champion was evaluated on, and on the rows served since. */
  readonly before: number
  readonly after: number
  /** Difference in standard deviations of the rows before. */
  readonly effect: number
  readonly pValue: number
}

/**
 * Tests whether the labels show that a champion no longer fits: its label rate, its calibration (label minus score) or,
 * upwards only, its squared error differs between the newest rows of its training (served up to `to`, ms; it did not
 * learn from them) and the rows served since. Customers, not rows, are the sampling unit. Returns the measure with the
 * smallest p-value.
 */
export async function championDrift(
  data: Dataset,
  champion: Model,
  to: number,
  seed = 1,
): Promise<ChampionDrift | undefined> {
  const { labels, times, count } = data
  const cut = times.findIndex((time) => time > to)
  if (cut === -1 || count - cut < RECENT_ROWS_MIN) return undefined
  const scores = await scored((batch, into) => champion.score(batch, into), data)
  const clusters = data.customers ?? Int32Array.from(labels.keys())
  const measures = [
    { measure: 'label rate', values: labels, onlyUp: false },
    { measure: 'calibration', values: labels.map((label, row) => label - scores[row]!), onlyUp: false },
    { measure: 'error', values: labels.map((label, row) => (label - scores[row]!) ** 2), onlyUp: true },
  ] as const
  const found = measures.flatMap(({ measure, values, onlyUp }): ChampionDrift[] => {
    const part = (from: number, end: number) => ({
      scores: values.subarray(from, end),
      clusters: clusters.subarray(from, end),
    })
    const { byPermutation, byVariance } = clusterTest(part(0, cut), part(cut, count), seed)
    const [before, after] = [meanOf(values.subarray(0, cut)), meanOf(values.subarray(cut))]
    const effect = (after - before) / Math.max(deviationOf(values.subarray(0, cut)), Number.EPSILON)
    const isShift = byVariance < P_MAX && byPermutation <= PERMUTATION_P_MAX && Math.abs(effect) >= EFFECT_MIN
    return isShift && (effect > 0 || !onlyUp) ? [{ measure, before, after, effect, pValue: byVariance }] : []
  })
  return found.sort((one, other) => one.pValue - other.pValue)[0]
}

/** Says what has drifted. */
export function driftInWords({ measure, before, after, effect }: ChampionDrift): string {
  return `Drift: the ${measure} of the model in use went from ${before.toFixed(4)} to ${after.toFixed(4)} (${Math.abs(effect).toFixed(2)} standard deviations).`
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function deviationOf(values: Float64Array): number {
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
}
