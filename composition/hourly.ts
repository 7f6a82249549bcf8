import { HOUR_MS } from '../schemas/durations.ts'
import type { Log } from '../streams/log.ts'
import { repeat } from '../streams/task/loop.ts'

/** Does some work now and once an hour. A failure is logged with that message, and it is tried again in an hour. */
export function hourly(log: Log, failure: string, work: () => Promise<unknown>): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const working = repeat(stopping.signal, async () => {
    try {
      await work()
    } catch (error) {
      log('warn', failure, { error })
    }
    return HOUR_MS
  })
  return {
    stop() {
      stopping.abort()
      return working
    },
  }
}
