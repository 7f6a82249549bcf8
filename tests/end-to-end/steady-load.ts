import { setTimeout as delay } from 'node:timers/promises'

export interface SteadyLoad {
  /** Ends the load; the number of events that were published. */
  stop(): Promise<number>
}

const BATCH = 20
const INTERVAL_MS = 25

/** Publishes events without end, so that whatever is killed meanwhile is killed at work, however fast the machine. */
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
