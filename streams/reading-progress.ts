/** A reader's place in one partition, as the broker was last heard of it. */
export interface ReadingPosition {
  /** Up to where it has taken the records over. */
  readonly written: number
  readonly end: number | undefined
  readonly heardAt: number | undefined
}

/**
 * Reports up to which time a reader has everything: end offsets are noted with the time of the broker's answer, and
 * once all of them are reached everything of that time is there, however much has come since. `undefined`: they are not
 * reached yet.
 */
export function createReadingProgress(): (places: readonly ReadingPosition[]) => number | undefined {
  let wanted: { readonly ends: readonly number[]; readonly at: number } | undefined

  function note(places: readonly ReadingPosition[]): void {
    let at = Infinity
    const ends: number[] = []
    for (const { end, heardAt } of places) {
      if (end === undefined || heardAt === undefined) return
      ends.push(end)
      at = Math.min(at, heardAt)
    }
    wanted = { ends, at }
  }

  return (places) => {
    if (wanted === undefined) note(places)
    const reached = wanted
    if (reached === undefined || !places.every(({ written }, index) => written >= reached.ends[index]!))
      return undefined
    note(places)
    return reached.at
  }
}
