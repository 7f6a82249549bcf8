import { openDatabase } from '../../store/database.ts'
import { createHealth } from '../../streams/health.ts'
import { noMetrics, type StreamMetrics } from '../../streams/metrics.ts'
import { sinkTopics } from '../../subjects/subjects.ts'
import type { CommandContext } from '../context.ts'
import { startPartitionReaders } from '../readers/partition-readers.ts'
import { startRetention } from '../retention.ts'
import { NOT_YET_AT_WORK, type RunningPart } from '../running-part.ts'
import { databaseUrlOf } from '../services.ts'
import { startPartitionWriter } from './sink-partition.ts'
import { SINK } from './sink-topic.ts'

/** Starts the sink, whose group members each write some partitions of the processors' output to PostgreSQL. */
export async function startSink(context: CommandContext, metrics: StreamMetrics = noMetrics): Promise<RunningPart> {
  const { config } = context
  const database = openDatabase({
    url: databaseUrlOf(config),
    poolMax: config.DATABASE_CONNECTIONS_MAX,
    applicationName: 'scoreline-sink',
    prepared: true,
  })
  const health = createHealth()
  const readers = await startPartitionReaders(SINK, context, {
    topics: sinkTopics,
    bufferedBytesMax: 4 * config.FETCH_BUFFER_BYTES,
    database,
    metrics,
    health,
    start: startPartitionWriter,
  })
  const retention = startRetention(context, database)
  return {
    name: 'sink',
    trouble: () => health.trouble() ?? (readers.count() > 0 ? undefined : NOT_YET_AT_WORK),
    lag: readers.lag,
    async stop() {
      await Promise.all([readers.stop(), retention.stop()])
      await database.destroy()
    },
  }
}
