/** Lets a reader wait for arrivals. Arrivals since its last wait count too, so that none is missed. */
export interface Arrivals {
  /** Signals an arrival. */
  notify(): void
  /** Ends every current wait without an arrival. */
  wakeAll(): void
  /** Resolves on an arrival since the last wait, on `wakeAll`, or after `timeoutMs`. */
  wait(timeoutMs: number): Promise<void>
}

export function createArrivals(): Arrivals {
  const waiting = new Set<() => void>()
  let count = 0
  let countSeen = 0

  function wakeAll(): void {
    for (const wake of waiting) wake()
  }

  return {
    notify() {
      count++
      wakeAll()
    },
    wakeAll,
    async wait(timeoutMs) {
      if (count === countSeen) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(wake, timeoutMs)
          function wake() {
            clearTimeout(timer)
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
      countSeen = count
    },
  }
}
