/** A reader's position in one partition, with the broker's last answer about it. */
export interface ReadingPosition {
  /** Offset up to which the reader has written the records. */
  readonly written: number
  readonly end: number | undefined
  readonly lastResponseAt: number | undefined
}

/**
 * Returns a function that reports the time up to which a reader is complete. It notes the end offsets with the time of
 * the broker's answer. Once all of them are reached, the reader has everything up to that time, however much has
 * arrived since; until then the result is `undefined`.
 */
export function createReadingProgress(): (places: readonly ReadingPosition[]) => number | undefined {
  let wanted: { readonly ends: readonly number[]; readonly at: number } | undefined

  function note(places: readonly ReadingPosition[]): void {
    let at = Infinity
    const ends: number[] = []
    for (const { end, lastResponseAt } of places) {
      if (end === undefined || lastResponseAt === undefined) return
      ends.push(end)
      at = Math.min(at, lastResponseAt)
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
