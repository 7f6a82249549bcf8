/** Limits how much work runs at once; the rest waits, first come, first served. */
export interface Slots {
  /** Resolves to true with a slot, which the caller must release, or to false if none became free in time. */
  take(): Promise<boolean>
  release(): void
}

export function createSlots(atOnce: number, waitMs: number): Slots {
  const waiting = new Set<() => void>()
  let free = atOnce
  return {
    take() {
      if (free > 0) {
        free--
        return Promise.resolve(true)
      }
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const begin = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(() => {
        waiting.delete(begin)
        resolve(false)
      }, waitMs)
      waiting.add(begin)
      return promise
    },
    release() {
      // Passed straight to the first in line, so that a newcomer can't overtake it.
      const [next] = waiting
      if (next === undefined) return void free++
      waiting.delete(next)
      next()
    },
  }
}
