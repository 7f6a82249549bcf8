/** Bounds the bytes that are kept in memory: more of them wait until others have left. */
export interface BufferRoom {
  /** Whether more bytes would exceed the bound. */
  isFullFor(bytes: number): boolean
  /** Resolves once the bytes may enter, or after `close`. Bytes beyond the bound may enter alone. */
  waitFor(bytes: number): Promise<void>
  enter(bytes: number): void
  leave(bytes: number): void
  /** Lets go whoever waits. */
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
    enter: (bytes) => void (taken += bytes),
    leave(bytes) {
      taken -= bytes
      wakeAll()
    },
    close() {
      closed = true
      wakeAll()
    },
  }
}
