/** Bounds the bytes of records in memory: further records wait until others are released. */
export interface BufferRoom {
  /** Whether more bytes would exceed the bound. */
  isFullFor(bytes: number): boolean
  /**
   * Resolves once there is room for this many bytes, or after `close`. More bytes than the bound are admitted only
   * alone.
   */
  waitFor(bytes: number): Promise<void>
  add(bytes: number): void
  release(bytes: number): void
  /** Releases all waiters. */
  close(): void
}

export function createBufferRoom(bytesMax: number): BufferRoom {
  let taken = 0
  let change: PromiseWithResolvers<void> | undefined
  let closed = false

  const isFullFor = (bytes: number): boolean => taken + bytes > bytesMax

  function wakeAll(): void {
    change?.resolve()
    change = undefined
  }

  return {
    isFullFor,
    async waitFor(bytes) {
      while (taken > 0 && isFullFor(bytes) && !closed) {
        change ??= Promise.withResolvers()
        await change.promise
      }
    },
    add: (bytes) => void (taken += bytes),
    release(bytes) {
      taken -= bytes
      wakeAll()
    },
    close() {
      closed = true
      wakeAll()
    },
  }
}
