import { join } from 'node:path'
import { createAdmin } from '../kafka/admin/admin.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { customerFeaturesProcessor } from '../processors/customers/customer-features.ts'
import { transactions, type Transaction } from '../schemas/customers/banking.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { startEngine } from '../streams/engine.ts'
import { createNaming } from '../streams/naming.ts'
import { platformTopics } from '../streams/platform-topics.ts'
import { silentLog } from '../streams/log.ts'
import { noMetrics } from '../streams/metrics.ts'
import { cpuSeconds, repeated, type Benchmark, type BenchmarkContext } from './benchmark.ts'
import { PARTITIONS } from './platform-under-test.ts'
import { publisherFor } from './publisher.ts'
import { simulatedTransactions } from './transactions.ts'
import { topics } from '../subjects/subjects.ts'

export const customerFeatures: Benchmark = {
  needsBroker: true,
  run: (context) => repeated(context, () => measureCustomerFeatures(context, simulatedTransactions(context.events))),
}

/** Measures how long one process takes to compute features of transactions that were written beforehand. */
export async function measureCustomerFeatures(
  { brokers, directory }: BenchmarkContext,
  values: readonly Transaction[],
): Promise<Readonly<Record<string, number>>> {
  const events = values.length
  const naming = createNaming(`bench-${process.pid}-${Date.now()}.`)
  const options = { brokers, clientId: 'bench' }
  const admin = createAdmin(options)
  const wanted = platformTopics(naming, { topics, processors: [customerFeaturesProcessor], partitions: PARTITIONS })
  await admin.ensureTopics(wanted.map((topic) => ({ ...topic, replicationFactor: 1 })))
  const client = createKafkaClient(options)
  try {
    const publisher = await publisherFor(client, naming)
    await publisher.publish(transactions, values)
    await publisher.close()

    let done = 0
    let finished = () => {}
    const all = new Promise<void>((resolve) => (finished = resolve))
    const before = process.cpuUsage()
    const startedAt = performance.now()
    const running = await startEngine({
      client,
      naming,
      registry: releasedRegistry,
      processors: [customerFeaturesProcessor],
      loadModel: () => {
        throw new Error('The bench releases no models.')
      },
      stateDirectory: join(directory, naming.topic(transactions)),
      log: silentLog,
      onFatal: (error) => {
        throw error
      },
      metrics: {
        ...noMetrics,
        transactionCommitted(_processor, { events: committed }) {
          done += committed
          if (done >= events) finished()
        },
      },
    })
    await all
    const seconds = (performance.now() - startedAt) / 1_000
    const cpu = cpuSeconds(before)
    await running.stop()
    return {
      eventsPerSecond: events / seconds,
      cpuSecondsPerMillion: (cpu * 1e6) / events,
      residentMegabytes: process.memoryUsage.rss() / 1e6,
    }
  } finally {
    await client.close()
    await admin.deleteTopics(wanted.map(({ name }) => name))
    await admin.close()
  }
}
