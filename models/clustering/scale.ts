import { quantile } from '../evaluation/quantile.ts'
import type { Points } from './k-means.ts'

/** Standardisation of each column: (x − mean) / deviation. */
export interface Scaling {
  readonly means: Float64Array
  /** Standard deviations; 1 for a constant column. */
  readonly deviations: Float64Array
}

/** Quantiles to which values are clipped: otherwise a few large amounts would each form a cluster. */
const CLIP_QUANTILES = [0.01, 0.99] as const

/** Clips each column and scales it to mean 0 and deviation 1. */
export function scalePoints({ values, rows, columns }: Points): { readonly scaled: Points; readonly scaling: Scaling } {
  const scaled = new Float64Array(values.length)
  const [means, deviations] = [new Float64Array(columns), new Float64Array(columns)]
  for (let column = 0; column < columns; column++) {
    const own = Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]!)
    const sorted = own.toSorted()
    const [low, high] = [quantile(sorted, CLIP_QUANTILES[0]), quantile(sorted, CLIP_QUANTILES[1])]
    for (let row = 0; row < rows; row++) own[row] = Math.min(Math.max(own[row]!, low), high)
    const mean = own.reduce((sum, value) => sum + value, 0) / rows
    const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows)
    means[column] = mean
    deviations[column] = deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? deviation : 1
    for (let row = 0; row < rows; row++) scaled[row * columns + column] = (own[row]! - mean) / deviations[column]!
  }
  return { scaled: { values: scaled, rows, columns }, scaling: { means, deviations } }
}
