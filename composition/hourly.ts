import { HOUR_MS } from '../schemas/durations.ts'
import type { Log } from '../streams/log.ts'
import { repeat } from '../streams/task/loop.ts'

/** Runs work now and every hour. A failure is logged with the message `failure` and retried in an hour. */
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
