import { quantile } from './quantile.ts'

/** A quantile of the residuals: `share` of the rows have at most this residual, in the labels' unit. */
export interface ResidualQuantile {
  readonly share: number
  readonly residual: number
}

const SHARES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

/** Returns quantiles of the residuals, label − estimate. */
export function residualQuantiles(labels: Float64Array, estimates: Float64Array): readonly ResidualQuantile[] {
  const sorted = labels.map((label, row) => label - estimates[row]!).sort()
  return sorted.length === 0 ? [] : SHARES.map((share) => ({ share, residual: quantile(sorted, share) }))
}
