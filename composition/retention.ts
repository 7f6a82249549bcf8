import { ATTEMPTS_SINCE_MS } from '../api/calls/contact-state.ts'
import { DAY_MS } from '../schemas/durations.ts'
import type { Database } from '../store/database.ts'
import { prune } from '../store/operations/retention.ts'
import type { CommandContext } from './context.ts'
import { hourly } from './hourly.ts'

const SENT_MS = 30 * DAY_MS

/** Deletes expired rows; several processes take turns. */
export function startRetention({ config, log }: CommandContext, database: Database): { stop(): Promise<void> } {
  const days = config.SCORES_RETENTION_DAYS
  const retention = { scoresMs: days === 0 ? null : days * DAY_MS, sentMs: SENT_MS, dispatchedMs: ATTEMPTS_SINCE_MS }
  return hourly(log, 'What has been kept long enough could not be dropped', async () => {
    const pruned = await prune(database, retention, new Date())
    if (pruned !== undefined && pruned.months.length > 0)
      log('info', `${pruned.months.join(', ')}: dropped, ${days} days behind the newest score (SCORES_RETENTION_DAYS)`)
  })
}
