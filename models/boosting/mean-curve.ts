/**
 * Returns the mean of several loss curves. A shorter curve is extended by its last value, since it had stopped
 * improving.
 */
export function meanCurve(curves: readonly (readonly number[])[]): number[] {
  const length = Math.max(...curves.map((curve) => curve.length))
  return Array.from(
    { length },
    (_, round) => curves.reduce((sum, curve) => sum + (curve[round] ?? curve.at(-1)!), 0) / curves.length,
  )
}

/** Returns the number of rounds with the lowest mean loss, and that loss. */
export function bestRound(curves: readonly (readonly number[])[]): { readonly rounds: number; readonly loss: number } {
  const mean = meanCurve(curves)
  const loss = Math.min(...mean)
  return { rounds: mean.indexOf(loss) + 1, loss }
}
