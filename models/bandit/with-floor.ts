/**
 * Probabilities of a choice of which each is at least `floor`: what the floors leave goes to each as `shares` says,
 * which sum to 1. Where there are so many that the floor is more than an equal share, all are equal.
 */
export function withFloor(shares: readonly number[], floor: number): number[] {
  const least = Math.min(floor, 1 / shares.length)
  const rest = Math.max(0, 1 - shares.length * least)
  return shares.map((share) => least + rest * share)
}
