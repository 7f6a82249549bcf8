/**
 * Returns the smallest index below `count` for which `holds` is true, or `count` if there is none, by binary search.
 * Once true, `holds` must stay true for all larger indexes.
 */
export function lowerBound(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
