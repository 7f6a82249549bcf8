import { buildOperations } from '../api/operations/build-operations.ts'
import type { ApiMetrics } from '../api/operations/metrics.ts'
import { hostsFor } from '../api/http/security.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { scores } from '../schemas/models/scores.ts'
import { checkWritable } from '../store/sql/check-writable.ts'
import { openDatabase } from '../store/database.ts'
import type { CommandContext } from './context.ts'
import { clientOptions, namingOf } from './kafka.ts'
import { listen } from './listen.ts'
import { readinessOf, type Dependency } from './api/readiness.ts'
import type { RunningPart } from './running-part.ts'
import { databaseUrlOf } from './services.ts'
import { withPartMetrics } from './waiting-metrics.ts'

export interface OperationsOptions {
  readonly metrics: ApiMetrics
  readonly parts: () => readonly RunningPart[]
  /** Whether the parts need PostgreSQL. */
  readonly database: boolean
}

/** Serves /health, /ready and /metrics for a process without the API, if `METRICS_PORT` is set. */
export async function startOperations(
  context: CommandContext,
  { metrics, parts, database: needsDatabase }: OperationsOptions,
): Promise<RunningPart> {
  const { config, log } = context
  const { METRICS_HOST: host, METRICS_PORT: port } = config
  const closers: (() => Promise<unknown>)[] = []
  const closeAll = async () => {
    for (const close of closers.toReversed()) await close()
  }
  if (port !== undefined) {
    try {
      const dependencies: Dependency[] = []
      const client = createKafkaClient(clientOptions(config, 'operations'))
      closers.push(() => client.close())
      dependencies.push({ part: 'kafka', probe: () => client.describeTopics([namingOf(config).topic(scores)]) })
      if (needsDatabase) {
        const database = openDatabase({
          url: databaseUrlOf(config),
          poolMax: 1,
          applicationName: 'scoreline-operations',
        })
        closers.push(() => database.destroy())
        dependencies.push({ part: 'postgres', probe: () => checkWritable(database) })
      }
      const server = buildOperations({
        metrics: withPartMetrics(metrics, parts),
        readiness: () => readinessOf(dependencies, parts()),
        logError: (message) => log('error', message),
        hosts: hostsFor(host),
      })
      closers.push(() => server.close())
      await listen(server, { host, port, variable: 'METRICS_PORT' })
      log('info', `Metrics, health and readiness are at http://${host}:${port}/metrics, /health and /ready`)
    } catch (error) {
      await closeAll()
      throw error
    }
  }
  return { name: 'operations', trouble: () => undefined, stop: closeAll }
}
