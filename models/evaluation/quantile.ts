/** Returns a quantile, interpolated between neighbours (Hyndman and Fan 1996, type 7); NaN for no values. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  return sorted[below]! + (position - below) * (sorted[Math.ceil(position)]! - sorted[below]!)
}
