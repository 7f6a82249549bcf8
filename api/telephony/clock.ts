/** Time and timers of the adapters, so that tests need not wait. */
export interface Clock {
  /** ms since the epoch. */
  now(): number
  /** Runs an action after `ms`; returns a function that cancels it. */
  after(ms: number, action: () => void): () => void
}

export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms)
    return () => clearTimeout(timer)
  },
}

/** A timer that is started anew or stopped, one action at a time. */
export interface Timer {
  start(ms: number, action: () => void): void
  stop(): void
  isRunning(): boolean
}

export function createTimer(clock: Clock): Timer {
  let cancel: (() => void) | undefined
  const stop = (): void => {
    cancel?.()
    cancel = undefined
  }
  return {
    start(ms, action) {
      stop()
      cancel = clock.after(ms, () => {
        cancel = undefined
        action()
      })
    },
    stop,
    isRunning: () => cancel !== undefined,
  }
}
