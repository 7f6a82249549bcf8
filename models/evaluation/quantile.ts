/** Returns a quantile, interpolated between neighbours (Hyndman and Fan 1996, type 7); NaN for no values. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  return sorted[below]! + (place - below) * (sorted[Math.ceil(place)]! - sorted[below]!)
}
