/** An aborted transaction in a fetch response: its producer and the offset of its first record. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: number
}

/**
 * Decides which transactional batches of a partition belong to aborted transactions. It lives as long as the partition
 * is read without a seek: a transaction may begin in one response and end in another. Each response lists the aborted
 * transactions that overlap it, so one may be listed several times; only the producer’s control record ends its range.
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
      // A control record ends the one transaction open at it: all earlier starts are done.
      const left = starts.filter((first) => first > offset)
      if (left.length === 0) open.delete(producerId)
      else open.set(producerId, left)
    },
  }
}
