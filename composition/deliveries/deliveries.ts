import type { Config } from '../../config.ts'
import type { DeliveryMetrics } from '../../deliveries/delivery-metrics.ts'
import { sources } from '../../deliveries/message.ts'
import { DAY_MS, HOUR_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { openDatabase } from '../../store/database.ts'
import { pruneDeliveries } from '../../store/deliveries/deliveries.ts'
import { createHealth } from '../../streams/health.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import { hourly } from '../hourly.ts'
import { startPartitionReaders } from '../readers/partition-readers.ts'
import type { RunningPart } from '../running-part.ts'
import { databaseUrlOf } from '../services.ts'
import { startDispatch, type DispatchOptions } from './dispatch.ts'
import { openOutbound } from './outbound.ts'
import { QUEUE, startQueueReader } from './read-partition.ts'

/** Lease of a delivery, in time-outs: it must outlast an SMTP exchange, each step of which may take the time-out. */
const LEASE_TIMEOUTS = 4

/**
 * Copies outgoing messages from the topics to the queue in PostgreSQL, and sends the queue to the channels. Several
 * processes can share both.
 */
export async function startDeliveries(
  context: CommandContext,
  metrics: DeliveryMetrics & Pick<StreamMetrics, 'gapFound'>,
): Promise<RunningPart> {
  const { config, log } = context
  const outbound = await openOutbound(context, metrics)
  const database = openDatabase({ url: databaseUrlOf(config), poolMax: 4, applicationName: 'scoreline-deliveries' })
  const health = createHealth()
  const dispatch = startDispatch({ database, outbound, metrics, health, log, ...retryPolicyOf(config) })
  const readers = await startPartitionReaders(QUEUE, context, {
    topics: sources.map(({ topic }) => topic as Topic),
    bufferedBytesMax: config.FETCH_BUFFER_BYTES,
    database,
    metrics,
    health,
    start: (options) => startQueueReader({ ...options, onEnqueued: dispatch.wake }),
  })
  const pruning = hourly(log, 'Deliveries that have been kept long enough could not be dropped', () =>
    pruneDeliveries(database, new Date(Date.now() - config.DELIVERY_RETENTION_DAYS * DAY_MS)),
  )
  return {
    name: 'deliveries',
    trouble: health.trouble,
    warning: dispatch.warning,
    lag: readers.lag,
    async stop() {
      await Promise.all([readers.stop(), pruning.stop()])
      await dispatch.stop()
      await outbound.close()
      await database.destroy()
    },
  }
}

function retryPolicyOf(config: Config): Pick<DispatchOptions, 'concurrency' | 'retryPolicy' | 'leaseMs'> {
  return {
    concurrency: config.DELIVERY_CONCURRENCY,
    retryPolicy: {
      firstMs: config.DELIVERY_RETRY_FIRST_MS,
      maxMs: config.DELIVERY_RETRY_MAX_MS,
      maxAgeMs: config.DELIVERY_GIVE_UP_HOURS * HOUR_MS,
    },
    leaseMs: LEASE_TIMEOUTS * config.DELIVERY_TIMEOUT_MS,
  }
}
