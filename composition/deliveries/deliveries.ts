import type { Config } from '../../config.ts'
import type { DeliveryMetrics } from '../../deliveries/delivery-metrics.ts'
import { sources } from '../../deliveries/message.ts'
import { DAY_MS, HOUR_MS } from '../../schemas/durations.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { pruneDeliveries } from '../../store/deliveries/deliveries.ts'
import { createHealth } from '../../streams/health.ts'
import { lagOfAll } from '../../streams/lag.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import { membershipTrouble } from '../../streams/task/membership-trouble.ts'
import { repeat } from '../../streams/task/loop.ts'
import type { CommandContext } from '../context.ts'
import { acceptedTopicsOf, namingOf, openReader } from '../kafka.ts'
import type { RunningPart } from '../running-part.ts'
import { databaseUrlOf } from '../services.ts'
import { startDispatch, type DispatchOptions } from './dispatch.ts'
import { openOutbound } from './outbound.ts'
import { startPartitionReader, type PartitionReader } from './read-partition.ts'

/** Steps of an exchange with a mail server may take the time-out each; then the lease must still hold. */
const LEASE_TIMEOUTS = 4

/**
 * Reads what goes out of the topics into the queue in PostgreSQL, and sends what is in the queue to the channels.
 * Several processes share both.
 */
export async function startDeliveries(
  context: CommandContext,
  metrics: DeliveryMetrics & Pick<StreamMetrics, 'gapFound'>,
): Promise<RunningPart> {
  const { config, log, fail } = context
  const outbound = await openOutbound(context, metrics)
  const { client, registry } = await openReader(config, log, 'deliveries')
  const naming = namingOf(config)
  const database = openDatabase({ url: databaseUrlOf(config), poolMax: 4, applicationName: 'scoreline-deliveries' })
  const health = createHealth()
  const dispatch = startDispatch({ database, outbound, metrics, health, log, ...patienceOf(config) })
  const readers = new Map<number, PartitionReader>()
  const fetcher = client.fetcher({
    bufferedBytesMax: config.FETCH_BUFFER_BYTES,
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
    log,
    health,
  }
  const stopReaders = async (partitions: readonly number[]) => {
    await Promise.all(partitions.map(async (partition) => readers.get(partition)?.stop()))
    for (const partition of partitions) readers.delete(partition)
  }
  const group = await client.joinGroup({
    groupId: `${config.TOPIC_PREFIX}scoreline.deliveries`,
    topics: sources.map(({ topic }) => naming.topic(topic)),
    sessionTimeoutMs: config.SESSION_TIMEOUT_MS,
    onAssigned(partitions) {
      const partitionCount = config.TOPIC_PARTITIONS
      for (const partition of partitions)
        readers.set(partition, startPartitionReader({ ...shared, partition, partitionCount, added: dispatch.wake }))
      return Promise.resolve()
    },
    onRevoked: stopReaders,
    onLost: stopReaders,
    onTrouble: membershipTrouble('The queue of deliveries', health, log),
    onFatal: fail,
  })
  const retention = startPruning(context, database)
  return {
    name: 'deliveries',
    trouble: () => health.trouble(),
    warning: () => dispatch.warning(),
    lag: () => lagOfAll(readers.values()),
    async stop() {
      await Promise.all([group.leave(), retention.stop()])
      await dispatch.stop()
      await outbound.close()
      await fetcher.close()
      await client.close()
      await database.destroy()
    },
  }
}

function patienceOf(config: Config): Pick<DispatchOptions, 'concurrency' | 'patience' | 'leaseMs'> {
  return {
    concurrency: config.DELIVERY_CONCURRENCY,
    patience: {
      firstMs: config.DELIVERY_RETRY_FIRST_MS,
      mostMs: config.DELIVERY_RETRY_MAX_MS,
      giveUpMs: config.DELIVERY_GIVE_UP_HOURS * HOUR_MS,
    },
    leaseMs: LEASE_TIMEOUTS * config.DELIVERY_TIMEOUT_MS,
  }
}

/** Forgets what arrived or died long ago, now and once an hour. */
function startPruning({ config, log }: CommandContext, database: Database): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const working = repeat(stopping.signal, async () => {
    try {
      await pruneDeliveries(database, new Date(Date.now() - config.DELIVERY_RETENTION_DAYS * DAY_MS))
    } catch (error) {
      log('warn', 'Deliveries that have been kept long enough could not be dropped', { error })
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
