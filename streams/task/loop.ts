import { setTimeout as delay } from 'node:timers/promises'

/** Waits for this time or until the signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {})
}

/** Repeats the work until the signal aborts. The work returns the pause before the next run, in ms. */
export async function repeat(signal: AbortSignal, work: () => Promise<number>): Promise<void> {
  while (!signal.aborted) await pause(await work(), signal)
}

/**
 * Runs the work after each interval until the signal aborts. The interval starts when the work ends, so runs never
 * overlap.
 */
export async function every(milliseconds: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  await pause(milliseconds, signal)
  await repeat(signal, async () => {
    await work()
    return milliseconds
  })
}

/** Lets a loop sleep until it is woken. */
export interface Sleeper {
  /** Ends the sleep. A wake between `beginTurn` and the next `sleep` counts too: that sleep ends at once. */
  wake(): void
  /** Starts a turn: later wakes end the next sleep at once. */
  beginTurn(): void
  /** Sleeps until a wake, the signal or the timeout. */
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
