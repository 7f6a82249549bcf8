import { watchChampion } from '../../retrainer/lifecycle/rollback/watch-champion.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import type { Database } from '../../store/database.ts'
import type { Health } from '../../streams/health.ts'
import type { Log } from '../../streams/log.ts'
import { every } from '../../streams/task/loop.ts'
import { learnableTasks } from '../../subjects/subjects.ts'

/** Labels come late, so more often would find nothing new. */
const INTERVAL_MS = 60_000

/** Takes champions back whose live scores break the bounds of their gate, until the signal aborts. */
export function watchChampions(
  log: Log,
  {
    database,
    runtimes,
    health,
  }: { readonly database: Database; readonly runtimes: ScoringRuntimes; readonly health: Health },
  signal: AbortSignal,
): Promise<void> {
  return every(INTERVAL_MS, signal, async () => {
    for (const { task } of learnableTasks) {
      if (signal.aborted) return
      const part = `Watching the live scores of ${task}`
      try {
        const done = await watchChampion(database, task, runtimes)
        if (done !== undefined)
          log('warn', `A model is taken back: ${done.reason}`, {
            task,
            from: done.from,
            to: done.modelId,
            rows: done.rows,
          })
        health.worked(part)
      } catch (error) {
        health.failed(part, error)
        log('warn', 'The live scores of a model could not be judged, or it could not be taken back', { task, error })
      }
    }
  })
}
