/**
 * Returns selection probabilities of at least `floor` each; what the floors leave is distributed in proportion to
 * `shares`, which sum to 1. If the floor exceeds an equal share, all are equal.
 */
export function withFloor(shares: readonly number[], floor: number): number[] {
  const least = Math.min(floor, 1 / shares.length)
  const rest = Math.max(0, 1 - shares.length * least)
  return shares.map((share) => least + rest * share)
}
