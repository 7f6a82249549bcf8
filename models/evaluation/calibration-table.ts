import { halfWidthOfMean, wilsonInterval } from './intervals.ts'
import { calibration, type CalibrationBin } from './metrics.ts'
import { rankRows } from './ranked-rows.ts'

/** Predicted and observed means of a bin, with the 95 % interval of the latter. */
export interface CalibrationRow extends CalibrationBin {
  /** `null` for a bin of estimates with a single row, which gives no interval. */
  readonly lower: number | null
  readonly upper: number | null
}

/** Returns bins of equal size in order of score, with Wilson's (1927) intervals, which never leave [0, 1]. */
export function calibrationTable(labels: Float64Array, scores: Float64Array, binCount = 10): readonly CalibrationRow[] {
  return calibration(labels, scores, binCount).map((bin) => ({ ...bin, ...wilsonInterval(bin.meanLabel, bin.count) }))
}

/** Returns the same table for estimates, with normal intervals of the mean. */
export function estimateTable(labels: Float64Array, estimates: Float64Array, binCount = 10): readonly CalibrationRow[] {
  const ascending = rankRows(labels, estimates).labels.reverse()
  let from = 0
  return calibration(labels, estimates, binCount).map((bin) => {
    const half = halfWidth(ascending.subarray(from, from + bin.count), bin.meanLabel)
    from += bin.count
    return {
      ...bin,
      lower: half === null ? null : bin.meanLabel - half,
      upper: half === null ? null : bin.meanLabel + half,
    }
  })
}

function halfWidth(values: Float64Array, mean: number): number | null {
  if (values.length < 2) return null
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return halfWidthOfMean(Math.sqrt(squares / (values.length - 1)), values.length)
}
