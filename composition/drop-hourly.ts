import { HOUR_MS } from '../schemas/durations.ts'
import type { Log } from '../streams/log.ts'
import { repeat } from '../streams/task/loop.ts'

/**
 * Drops what has been kept long enough, now and once an hour. A failure is logged with that message and tried again in
 * an hour.
 */
export function dropHourly(log: Log, failure: string, drop: () => Promise<unknown>): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const working = repeat(stopping.signal, async () => {
    try {
      await drop()
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
