/**
 * Memory for record batches, handed on from those that have arrived to those that are written next: as much of it is held as is on its way, and a little more,
 * however many partitions a process writes to.
 */
export interface BatchMemory {
  /** A buffer of at least `bytesMin` bytes, with any content. */
  take(bytesMin: number): Buffer
  /** Returns a buffer that is no longer read or written, nor any view of it. Memory that was not taken here is left alone. */
  give(buffer: Buffer): void
}

const SMALLEST_BYTES = 16_384
const KEPT_BYTES_MAX = 8 << 20

export function createBatchMemory(): BatchMemory {
  /** By size: powers of two. */
  const kept = new Map<number, ArrayBufferLike[]>()
  const taken = new WeakSet<ArrayBufferLike>()
  let keptBytes = 0

  return {
    take(bytesMin) {
      const size = Math.max(SMALLEST_BYTES, 2 ** Math.ceil(Math.log2(bytesMin)))
      const memory = kept.get(size)?.pop()
      if (memory !== undefined) keptBytes -= size
      const buffer = memory === undefined ? Buffer.allocUnsafeSlow(size) : Buffer.from(memory)
      taken.add(buffer.buffer)
      return buffer
    },
    give({ buffer: memory }) {
      if (!taken.delete(memory) || keptBytes + memory.byteLength > KEPT_BYTES_MAX) return
      keptBytes += memory.byteLength
      const list = kept.get(memory.byteLength)
      if (list === undefined) kept.set(memory.byteLength, [memory])
      else list.push(memory)
    },
  }
}
