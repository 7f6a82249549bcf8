/**
 * The best number of rounds by the mean of several curves, and the loss there. A curve that ended sooner goes on as it
 * ended: it had stopped getting better.
 */
export function bestRound(curves: readonly (readonly number[])[]): { readonly rounds: number; readonly loss: number } {
  const length = Math.max(...curves.map((curve) => curve.length))
  let best = { rounds: 0, loss: Infinity }
  for (let round = 0; round < length; round++) {
    const loss = curves.reduce((sum, curve) => sum + (curve[round] ?? curve.at(-1)!), 0) / curves.length
    if (loss < best.loss) best = { rounds: round + 1, loss }
  }
  return best
}
