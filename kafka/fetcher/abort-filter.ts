/** An aborted transaction in a fetch response: its producer and the offset of its first record. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: number
}

/**
 * Decides which transactional batches of a partition belong to aborted transactions. It lives as long as the partition
 * is read without a seek, since a transaction may begin in one response and end in another. Each response lists the
 * aborted transactions that overlap it, so a transaction may be listed several times; only its control record ends its
 * range.
 */
export interface AbortFilter {
  /** Called for each response, before its batches. */
  announce(aborted: readonly AbortedTransaction[]): void
  /** Called for each transactional data batch, in offset order. */
  isAborted(producerId: bigint, baseOffset: number): boolean
  /** Called for each control record, in offset order. */
  end(producerId: bigint, offset: number): void
}

export function createAbortFilter(): AbortFilter {
  /**
   * First offsets of aborted transactions whose control record has not been read yet, by producer; ascending and
   * distinct.
   */
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
      // A producer has one open transaction at a time, so its control record ends all earlier starts.
      const left = starts.filter((first) => first > offset)
      if (left.length === 0) open.delete(producerId)
      else open.set(producerId, left)
    },
  }
}
