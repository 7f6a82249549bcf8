/**
 * Memory for record batches, recycled from acknowledged batches to new ones. It holds about as much as is in flight,
 * however many partitions a process writes to.
 */
export interface BufferPool {
  /** Returns a buffer of at least `bytesMin` bytes with arbitrary content. */
  allocate(bytesMin: number): Buffer
  /**
   * Gives back a buffer that nothing reads or writes any more, directly or through a view. Foreign memory is ignored.
   */
  release(buffer: Buffer): void
}

const SMALLEST_BYTES = 16_384
const KEPT_BYTES_MAX = 8 << 20

export function createBufferPool(): BufferPool {
  /** Free buffers by size, which is a power of two. */
  const kept = new Map<number, ArrayBufferLike[]>()
  const allocated = new WeakSet<ArrayBufferLike>()
  let keptBytes = 0

  return {
    allocate(bytesMin) {
      const size = Math.max(SMALLEST_BYTES, 2 ** Math.ceil(Math.log2(bytesMin)))
      const memory = kept.get(size)?.pop()
      if (memory !== undefined) keptBytes -= size
      const buffer = memory === undefined ? Buffer.allocUnsafeSlow(size) : Buffer.from(memory)
      allocated.add(buffer.buffer)
      return buffer
    },
    release({ buffer: memory }) {
      if (!allocated.delete(memory) || keptBytes + memory.byteLength > KEPT_BYTES_MAX) return
      keptBytes += memory.byteLength
      const list = kept.get(memory.byteLength)
      if (list === undefined) kept.set(memory.byteLength, [memory])
      else list.push(memory)
    },
  }
}
