/** The fetcher's view of one topic of the partition. */
export interface TopicProgress {
  /** Up to where the database has it. */
  readonly written: number
  readonly end: number | undefined
  readonly heardAt: number | undefined
}

/**
 * Reports up to which time everything is written: topic end offsets are noted with the time of the broker's answer,
 * and once all of them are reached everything of that time is in the database, however much has come since.
 */
export function createSinkProgress(): (topics: readonly TopicProgress[]) => number | undefined {
  let wanted: { readonly ends: readonly number[]; readonly at: number } | undefined

  function note(topics: readonly TopicProgress[]): void {
    let at = Infinity
    const ends: number[] = []
    for (const { end, heardAt } of topics) {
      if (end === undefined || heardAt === undefined) return
      ends.push(end)
      at = Math.min(at, heardAt)
    }
    wanted = { ends, at }
  }

  return (topics) => {
    if (wanted === undefined) note(topics)
    const reached = wanted
    if (reached === undefined || !topics.every(({ written }, index) => written >= reached.ends[index]!))
      return undefined
    note(topics)
    return reached.at
  }
}
