import { setTimeout as delay } from 'node:timers/promises'

export interface SteadyLoad {
  /** Ends the load and returns the number of published events. */
  stop(): Promise<number>
}

const BATCH = 20
const INTERVAL_MS = 25

/** Publishes events continuously, so that processes are killed at work on any machine, however fast it is. */
export function steadyLoad<Event>(
  event: (index: number) => Event,
  publish: (events: Event[]) => Promise<unknown>,
): SteadyLoad {
  let stopped = false
  let published = 0
  const publishing = (async () => {
    while (!stopped) {
      await publish(Array.from({ length: BATCH }, (_, index) => event(published + index)))
      published += BATCH
      await delay(INTERVAL_MS)
    }
    return published
  })()
  publishing.catch(() => {}) // Reported by `stop`.
  return {
    stop() {
      stopped = true
      return publishing
    },
  }
}
