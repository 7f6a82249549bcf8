/**
 * Memory for the numbers of many small records. A separate array for a record of thirty numbers doubles its size by
 * overhead, so a few dozen records share one block, which is freed with the last of them.
 */
export interface SlotsMemory {
  /** Returns a copy of the numbers in a shared block, or the array itself if it is empty or large. */
  keep(numbers: Float64Array): Float64Array
}

const PIECE_SLOTS = 512
/** Size beyond which a record gets an array of its own: too few would share a block. */
const SHARED_SLOTS_MAX = 64

export function createSlotsMemory(): SlotsMemory {
  let piece = new ArrayBuffer(0)
  let used = 0
  return {
    keep(numbers) {
      const { length } = numbers
      if (length === 0 || length > SHARED_SLOTS_MAX) return numbers
      if ((used + length) * 8 > piece.byteLength) {
        piece = new ArrayBuffer(PIECE_SLOTS * 8)
        used = 0
      }
      const kept = new Float64Array(piece, used * 8, length)
      used += length
      kept.set(numbers)
      return kept
    },
  }
}
