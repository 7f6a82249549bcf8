import type { Estimate } from './format.ts'

/** Returns the ends of a scale with room for every estimate; it begins at 0 or below. */
export function scaleOf(estimates: readonly (Estimate | null)[]): { readonly from: number; readonly to: number } {
  const ends = estimates.flatMap((one) => (one === null ? [] : [one.lower ?? one.value, one.upper ?? one.value]))
  return { from: Math.min(0, ...ends), to: Math.max(0, ...ends) }
}
