import { setTimeout as delay } from 'node:timers/promises'

/** Waits so long, or until the signal. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {})
}

/** Does the work again and again until the signal. Each time the work says how long to wait before the next. */
export async function repeat(signal: AbortSignal, work: () => Promise<number>): Promise<void> {
  while (!signal.aborted) await pause(await work(), signal)
}

/**
 * Does the work after each interval until the signal. What it takes itself comes on top, so that it is never done twice
 * at once.
 */
export async function every(milliseconds: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  await pause(milliseconds, signal)
  await repeat(signal, async () => {
    await work()
    return milliseconds
  })
}

/** Lets a loop sleep until something comes for it. */
export interface Sleeper {
  /** Ends the sleep. A wake between `beginTurn` and the next `sleep` counts too: that sleep ends at once. */
  wake(): void
  /** What wakes the loop from here on is news to it. */
  beginTurn(): void
  /** Until a wake or the signal, but no longer than that. */
  sleep(milliseconds: number): Promise<void>
}

export function createSleeper(signal: AbortSignal): Sleeper {
  let awake = false
  let alarm: (() => void) | undefined

  function wake(): void {
    awake = true
    alarm?.()
  }
  signal.addEventListener('abort', wake, { once: true })

  return {
    wake,
    beginTurn: () => void (awake = false),
    async sleep(milliseconds) {
      if (!awake && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds)
          alarm = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      alarm = undefined
      awake = false
    },
  }
}
