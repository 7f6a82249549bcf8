import { openDatabase } from '../../store/database.ts'
import { sinkTopics } from '../../subjects/subjects.ts'
import type { CommandContext } from '../context.ts'
import { acceptedTopicsOf, namingOf, openReader } from '../kafka.ts'
import { startRetention } from '../retention.ts'
import { createHealth } from '../../streams/health.ts'
import { lagOfAll } from '../../streams/lag.ts'
import { membershipTrouble } from '../../streams/task/membership-trouble.ts'
import { noMetrics, type StreamMetrics } from '../../streams/metrics.ts'
import { NOT_YET_AT_WORK, type RunningPart } from '../running-part.ts'
import { databaseUrlOf } from '../services.ts'
import { startPartitionWriter, type PartitionWriter } from './sink-partition.ts'

/** Writes what the processors publish to PostgreSQL, each partition by one member of the sink's group. */
export async function startSink(context: CommandContext, metrics: StreamMetrics = noMetrics): Promise<RunningPart> {
  const { config, log, fail } = context
  const { client, registry } = await openReader(config, log, 'sink')
  const naming = namingOf(config)
  const database = openDatabase({
    url: databaseUrlOf(config),
    poolMax: config.DATABASE_CONNECTIONS_MAX,
    applicationName: 'scoreline-sink',
    prepared: true,
  })
  const writers = new Map<number, PartitionWriter>()
  const health = createHealth()
  const fetcher = client.fetcher({
    bufferedBytesMax: 4 * config.FETCH_BUFFER_BYTES,
    onArrival: (_topic, partition) => writers.get(partition)?.wake(),
  })

  const stopWriters = async (partitions: readonly number[]) => {
    await Promise.all(partitions.map(async (partition) => writers.get(partition)?.stop()))
    for (const partition of partitions) {
      writers.delete(partition)
    }
  }
  const group = await client.joinGroup({
    groupId: `${config.TOPIC_PREFIX}scoreline.sink`,
    topics: sinkTopics.map((topic) => naming.topic(topic)),
    sessionTimeoutMs: config.SESSION_TIMEOUT_MS,
    onAssigned(partitions) {
      for (const partition of partitions) {
        writers.set(
          partition,
          startPartitionWriter({
            partition,
            client,
            accepted: acceptedTopicsOf(config),
            metrics,
            naming,
            fetcher,
            database,
            registry,
            partitionCount: config.TOPIC_PARTITIONS,
            log,
            health,
          }),
        )
      }
      return Promise.resolve()
    },
    onRevoked: stopWriters,
    onLost: stopWriters,
    onTrouble: membershipTrouble('The sink', health, log),
    onFatal: fail,
  })
  const retention = startRetention(context, database)
  return {
    name: 'sink',
    trouble: () => health.trouble() ?? (writers.size > 0 ? undefined : NOT_YET_AT_WORK),
    lag: () => lagOfAll(writers.values()),
    async stop() {
      await Promise.all([group.leave(), retention.stop()])
      await fetcher.close()
      await client.close()
      await database.destroy()
    },
  }
}
