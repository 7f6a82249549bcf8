import type { Fetcher } from '../../kafka/client.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Database } from '../../store/database.ts'
import type { Health } from '../../streams/health.ts'
import { lagOfAll } from '../../streams/lag.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import type { Naming } from '../../streams/naming.ts'
import { membershipTrouble } from '../../streams/task/membership-trouble.ts'
import type { CommandContext } from '../context.ts'
import { acceptedTopicsOf, namingOf, openReader } from '../kafka.ts'
import type { Reader, ReadingStartOptions } from './reading-start.ts'

/** Options of the reader of one partition. */
export interface PartitionOptions extends ReadingStartOptions {
  readonly partitionCount: number
  readonly naming: Naming
  readonly fetcher: Fetcher
  readonly registry: Registry
  readonly health: Health
}

/** Reads one partition of every topic. */
export interface PartitionReader {
  /** Lag in records; `undefined` until known. */
  lag(): number | undefined
  /** Signals that records have arrived. */
  wake(): void
  stop(): Promise<void>
}

export interface PartitionReadersOptions {
  readonly topics: readonly Topic[]
  readonly bufferedBytesMax: number
  readonly database: Database
  readonly metrics: Pick<StreamMetrics, 'gapFound'>
  readonly health: Health
  readonly start: (options: PartitionOptions) => PartitionReader
}

export interface PartitionReaders {
  /** Number of partitions that this process reads. */
  count(): number
  /** Lag in records; `undefined` until known. */
  lag(): number | undefined
  stop(): Promise<void>
}

/** Joins a consumer group, whose members share the partitions, and starts a reader for each assigned partition. */
export async function startPartitionReaders(
  { keeper, displayName }: Reader,
  { config, log, fail }: CommandContext,
  { topics, bufferedBytesMax, database, metrics, health, start }: PartitionReadersOptions,
): Promise<PartitionReaders> {
  const { client, registry } = await openReader(config, log, keeper)
  const naming = namingOf(config)
  const readers = new Map<number, PartitionReader>()
  const fetcher = client.fetcher({
    bufferedBytesMax,
    onArrival: (_topic, partition) => readers.get(partition)?.wake(),
  })
  const shared = {
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
  }
  const stopReaders = async (partitions: readonly number[]) => {
    await Promise.all(partitions.map(async (partition) => readers.get(partition)?.stop()))
    for (const partition of partitions) readers.delete(partition)
  }
  const group = await client.joinGroup({
    groupId: `${config.TOPIC_PREFIX}scoreline.${keeper}`,
    topics: topics.map((topic) => naming.topic(topic)),
    sessionTimeoutMs: config.SESSION_TIMEOUT_MS,
    onAssigned(partitions) {
      for (const partition of partitions) readers.set(partition, start({ ...shared, partition }))
      return Promise.resolve()
    },
    onRevoked: stopReaders,
    onLost: stopReaders,
    onTrouble: membershipTrouble(displayName, health, log),
    onFatal: fail,
  })
  return {
    count: () => readers.size,
    lag: () => lagOfAll(readers.values()),
    async stop() {
      await group.leave()
      await fetcher.close()
      await client.close()
    },
  }
}
