import type { ApiMetrics } from '../../api/operations/metrics.ts'
import { MINUTE_MS } from '../../schemas/durations.ts'
import type { Database } from '../../store/database.ts'
import { reportsOnChampions } from '../../store/models/model-reports.ts'
import type { Log } from '../../streams/log.ts'
import { repeat } from '../../streams/task/loop.ts'

/** Shows the newest report on each model in use as metrics, until it is stopped. */
export function startReportMetrics(
  log: Log,
  database: Database,
  metrics: Pick<ApiMetrics, 'modelsReported'>,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const working = repeat(stopping.signal, async () => {
    try {
      metrics.modelsReported(await reportsOnChampions(database))
    } catch (error) {
      log('warn', 'The reports on models could not be read', { error })
    }
    return MINUTE_MS
  })
  return {
    stop() {
      stopping.abort()
      return working
    },
  }
}
