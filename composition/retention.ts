import { DAY_MS } from '../schemas/durations.ts'
import type { Database } from '../store/database.ts'
import { prune } from '../store/operations/retention.ts'
import { repeat } from '../streams/task/loop.ts'
import type { CommandContext } from './context.ts'

const INTERVAL_MS = 3_600_000
const SENT_MS = 30 * DAY_MS

/**
 * Drops what has been kept long enough, now and once an hour; several processes take turns. A failure is logged and
 * tried again in an hour.
 */
export function startRetention({ config, log }: CommandContext, database: Database): { stop(): Promise<void> } {
  const days = config.SCORES_RETENTION_DAYS
  const retention = { scoresMs: days === 0 ? null : days * DAY_MS, sentMs: SENT_MS }
  const stopping = new AbortController()
  const working = repeat(stopping.signal, async () => {
    try {
      const pruned = await prune(database, retention, new Date())
      if (pruned !== undefined && pruned.months.length > 0)
        log(
          'info',
          `${pruned.months.join(', ')}: dropped, ${days} days behind the newest score (SCORES_RETENTION_DAYS)`,
        )
    } catch (error) {
      log('warn', 'What has been kept long enough could not be dropped', { error })
    }
    return INTERVAL_MS
  })
  return {
    stop() {
      stopping.abort()
      return working
    },
  }
}
