export interface Rated<Candidate> {
  readonly candidate: Candidate
  readonly loss: number
}

/**
 * Successive halving (Jamieson and Talwalkar 2016): tries all candidates with a small share of the resources, the
 * better half with twice as much, and so on until the best have had everything. `rate` returns the loss of a candidate
 * at that share. Returns the finalists, the best first.
 */
export async function successiveHalving<Candidate>(
  candidates: readonly Candidate[],
  rate: (candidate: Candidate, share: number) => Promise<number>,
): Promise<Rated<Candidate>[]> {
  const rungs = Math.ceil(Math.log2(Math.max(1, candidates.length)))
  let left = [...candidates]
  for (let rung = rungs; ; rung--) {
    const rated = await Promise.all(
      left.map(async (candidate) => ({ candidate, loss: await rate(candidate, 2 ** -rung) })),
    )
    rated.sort((one, other) => one.loss - other.loss)
    if (rung === 0) return rated
    left = rated.slice(0, Math.ceil(rated.length / 2)).map(({ candidate }) => candidate)
  }
}
