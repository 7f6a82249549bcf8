import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { monitorTask } from '../../retrainer/lifecycle/monitoring/monitor-task.ts'
import { MINUTE_MS } from '../../schemas/durations.ts'
import type { Database } from '../../store/database.ts'
import type { Health } from '../../streams/health.ts'
import type { Log } from '../../streams/log.ts'
import { pause, repeat } from '../../streams/task/loop.ts'
import { learnableTasks } from '../../subjects/subjects.ts'

/** Distributions change over days; a task without new scores or labels is left out. */
const INTERVAL_MS = 15 * MINUTE_MS
/** After the start, the platform has more urgent work. */
const FIRST_AFTER_MS = MINUTE_MS

/** Reports on the models in use, until the signal aborts. */
export async function monitorModels(
  log: Log,
  {
    database,
    runtimes,
    health,
  }: { readonly database: Database; readonly runtimes: ScoringRuntimes; readonly health: Health },
  signal: AbortSignal,
): Promise<void> {
  const scoresBefore = new Map<string, Float64Array>()
  await pause(FIRST_AFTER_MS, signal)
  await repeat(signal, async () => {
    for (const task of learnableTasks) {
      if (signal.aborted) break
      const part = `Monitoring ${task.task}`
      try {
        const monitored = await monitorTask(database, task, { runtimes, scoresBefore })
        for (const { rule, says } of monitored?.newWarnings ?? [])
          log('warn', 'A model in use breaks a bound of its gate', { task: task.task, rule, says })
        health.worked(part)
      } catch (error) {
        health.failed(part, error)
        log('warn', 'A model in use could not be monitored', { task: task.task, error })
      }
    }
    return INTERVAL_MS
  })
}
