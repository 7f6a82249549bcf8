/** Times of observed events by the wall clock, in ms; several observers may record them. */
export interface Moments {
  record(at: number): void
  /**
   * Returns the longest gap between the two times, counted from the last event before `from`; `undefined` if there was
   * none.
   */
  longestGapMs(from: number, to: number): number | undefined
  latest(): number | undefined
}

const KEPT_MAX = 200_000

export function createMoments(): Moments {
  const moments: number[] = []
  return {
    record(at) {
      if (!Number.isFinite(at)) return
      // Times from other processes arrive slightly out of order.
      let index = moments.length
      while (index > 0 && moments[index - 1]! > at) index--
      moments.splice(index, 0, at)
      if (moments.length > KEPT_MAX) moments.splice(0, KEPT_MAX / 2)
    },
    longestGapMs(from, to) {
      const before = moments.findLast((at) => at <= from)
      if (before === undefined) return undefined
      let longest = 0
      let last = before
      for (const at of [...moments.filter((moment) => moment > before && moment < to), to]) {
        longest = Math.max(longest, at - last)
        last = at
      }
      return longest
    },
    latest: () => moments.at(-1),
  }
}
