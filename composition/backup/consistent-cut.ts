/** What was written to a partition around the time of the cut. */
export interface PartitionWindow {
  readonly topic: string
  readonly partition: number
  /** Last stable offset at the time of the cut: everything before it is taken. */
  readonly stable: number
  /** Last stable offset at the end of the window: no position of a transaction that is taken lies beyond it. */
  readonly end: number
  /** Whether a task’s state is here: its transactions are taken from the first to the last, none left out between. */
  readonly isChangelog: boolean
  /** Committed batches of the window in order, also those before `stable`. */
  readonly writes: readonly Write[]
}

export interface Write {
  /** The transaction: producer id and epoch, which is another one for each transaction (KIP-890). */
  readonly transaction: string
  readonly from: number
  /** Offset after the last record. */
  readonly to: number
}

/** A transaction has read a partition up to an offset. */
export interface Reading {
  readonly topic: string
  readonly partition: number
  readonly to: number
}

/** What a backup takes of a partition. */
export interface PartitionCut {
  readonly topic: string
  readonly partition: number
  /** Every record before this offset is taken. */
  readonly whole: number
  /** Where the partition ends in the backup. Offsets before it that are not taken stay empty. */
  readonly end: number
  /** Ranges of `whole` to `end` that are taken: the rest of transactions of which another record is. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[]
}

/**
 * Returns a cut through all partitions that an uninterrupted platform could have had at one moment:
 * - of a transaction all records are taken, or none,
 * - what a transaction has read is taken if the transaction is,
 * - a task’s earlier transactions are taken if a later one is.
 * It starts from what was visible everywhere and only adds: transactions that reach beyond it, and what these have read.
 * All of that was committed before the cut was taken, so that the windows, which end later, hold it.
 */
export function consistentCut(
  windows: readonly PartitionWindow[],
  readingsOf: (transaction: string) => readonly Reading[],
): readonly PartitionCut[] {
  const places = new Map(windows.map((window) => [placeOf(window), { window, whole: window.stable }]))
  const placesOf = Map.groupBy(
    windows.flatMap((window) => window.writes.map(({ transaction }) => ({ transaction, place: placeOf(window) }))),
    ({ transaction }) => transaction,
  )
  const taken = new Set<string>()
  const waiting: string[] = []

  function take(transaction: string): void {
    if (taken.has(transaction)) return
    taken.add(transaction)
    waiting.push(transaction)
  }

  function raise(place: string, to: number): void {
    const found = places.get(place)
    if (found === undefined || to <= found.whole) return
    found.whole = to
    for (const write of found.window.writes) if (write.from < to) take(write.transaction)
  }

  for (const { window, whole } of places.values())
    for (const write of window.writes) if (write.from < whole) take(write.transaction)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const reading of readingsOf(next)) raise(placeOf(reading), reading.to)
    for (const { place } of placesOf.get(next) ?? []) {
      const { window } = places.get(place)!
      if (window.isChangelog) raise(place, window.writes.findLast(({ transaction }) => transaction === next)!.to)
    }
  }

  return [...places.values()].map(({ window: { topic, partition, writes, end }, whole }) => {
    const ranges = writes
      .filter(({ transaction, to }) => to > whole && taken.has(transaction))
      .map(({ from, to }) => ({ from: Math.max(from, whole), to }))
    return { topic, partition, whole, end: Math.max(end, whole), ranges }
  })
}

/** Returns whether a record of the partition is taken. */
export function isTaken({ whole, ranges }: Pick<PartitionCut, 'whole' | 'ranges'>, offset: number): boolean {
  return offset < whole || ranges.some(({ from, to }) => offset >= from && offset < to)
}

export function placeOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}/${partition}`
}
