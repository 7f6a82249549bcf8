/** An aborted transaction as a fetch response names it: of which producer, and where its first record stands. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: number
}

/**
 * Tells which transactional batches of a partition belong to aborted transactions. It lives as long as the partition is read in one
 * go: a transaction may begin in one response and end in another. The broker names, with each response, the aborted transactions that overlap it, so that a
 * transaction can be named more than once; what ends its range is the producer's control record and nothing else.
 */
export interface AbortFilter {
  /** With each response, before its batches. */
  announce(aborted: readonly AbortedTransaction[]): void
  /** For each transactional data batch, in order of offset. */
  isAborted(producerId: bigint, baseOffset: number): boolean
  /** For each control record, in order of offset. */
  end(producerId: bigint, offset: number): void
}

export function createAbortFilter(): AbortFilter {
  /** First offsets of aborted transactions that have not ended yet, by producer, ascending, without repetition. */
  const open = new Map<bigint, number[]>()

  return {
    announce(aborted) {
      for (const { producerId, firstOffset } of aborted) {
        const starts = open.get(producerId)
        if (starts === undefined) open.set(producerId, [firstOffset])
        else if (!starts.includes(firstOffset)) starts.push(firstOffset)
      }
      for (const starts of open.values()) starts.sort((a, b) => a - b)
    },
    isAborted(producerId, baseOffset) {
      const [first] = open.get(producerId) ?? []
      return first !== undefined && baseOffset >= first
    },
    end(producerId, offset) {
      const starts = open.get(producerId)
      if (starts === undefined) return
      // A control record ends the one transaction that was open at it: every start before it lies behind us now.
      const left = starts.filter((first) => first > offset)
      if (left.length === 0) open.delete(producerId)
      else open.set(producerId, left)
    },
  }
}
