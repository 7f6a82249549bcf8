/**
 * The mean of several curves. A curve that ended sooner goes on as it ended: it had stopped getting better.
 */
export function meanCurve(curves: readonly (readonly number[])[]): number[] {
  const length = Math.max(...curves.map((curve) => curve.length))
  return Array.from(
    { length },
    (_, round) => curves.reduce((sum, curve) => sum + (curve[round] ?? curve.at(-1)!), 0) / curves.length,
  )
}

/** The best number of rounds by the mean of several curves, and the loss there. */
export function bestRound(curves: readonly (readonly number[])[]): { readonly rounds: number; readonly loss: number } {
  const mean = meanCurve(curves)
  const loss = Math.min(...mean)
  return { rounds: mean.indexOf(loss) + 1, loss }
}
