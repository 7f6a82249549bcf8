/**
 * The first place of `count` from which on `holds` is true, as it is of all places behind it; `count`: of none. By
 * halves.
 */
export function firstPlace(count: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
