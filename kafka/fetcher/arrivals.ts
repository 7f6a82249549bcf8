/** Lets a reader wait for arrivals: those since the last wait count too, so that none is missed. */
export interface Arrivals {
  /** Something came. */
  notify(): void
  /** Ends every wait of now, though nothing came. */
  wakeAll(): void
  /** Resolves when something has come since the last wait, when all are woken, or after `timeoutMs`. */
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
