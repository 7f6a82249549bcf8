import { createKafkaClient } from '../kafka/kafka-client.ts'
import { transactions } from '../schemas/customers/banking.ts'
import { releases } from '../schemas/models/releases.ts'
import { writers } from '../subjects/subjects.ts'
import { smallReleases } from './small-models.ts'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compareRounds, type Round } from './compare-rounds.ts'
import { copyTables, copyTopics } from './limits.ts'
import { openPlatform, PARTITIONS, type PlatformUnderTest } from './platform-under-test.ts'
import { publisherFor } from './publisher.ts'
import { transactionsUntil } from './transactions.ts'

const EVENTS_MAX = 100_000
const EVENTS_QUICK = 10_000
const EVENTS_WARM_UP = 2_000

/** Measures from the events to the last row, beside copying the same records and rows without any computation. */
export const whole: Benchmark = {
  needsBroker: true,
  run: (context) => compareRounds(context, () => measure(context)),
}

async function measure({ brokers, directory, events: wanted, quick, log }: BenchmarkContext): Promise<Round> {
  const events = Math.min(wanted, quick ? EVENTS_QUICK : EVENTS_MAX)
  const platform = await openPlatform(brokers, directory)
  try {
    const ours = await throughPlatform(brokers, platform, events)
    const copied = await copyTopics(brokers, await platform.topics(), PARTITIONS)
    const tables = new Set(writers.flatMap((writer) => writer.tables.map(({ name }) => name)))
    const copiedRows = await copyTables(platform.databaseUrl, [...tables])
    log(`${events} events left ${copied.records} records and ${copiedRows.rows} rows`)
    // At best, both copies run in parallel.
    const seconds = Math.max(copied.seconds, copiedRows.seconds)
    return {
      ours,
      peer: { eventsPerSecond: events / seconds, cpuSecondsPerMillion: (copied.cpuSeconds * 1e6) / events },
    }
  } finally {
    await platform.close()
  }
}

async function throughPlatform(brokers: readonly string[], platform: PlatformUnderTest, events: number) {
  const client = createKafkaClient({ brokers, clientId: 'bench' })
  const publisher = await publisherFor(client, platform.naming)
  const running = await platform.up()
  try {
    const values = transactionsUntil(Date.now(), EVENTS_WARM_UP + events)
    await publisher.publish(releases, smallReleases(Date.now()))
    await publisher.publish(transactions, values.slice(0, EVENTS_WARM_UP))
    await running.caughtUp()
    const before = running.usage()
    const startedAt = performance.now()
    await publisher.publish(transactions, values.slice(EVENTS_WARM_UP))
    const seconds = ((await running.caughtUp()) - startedAt) / 1_000
    const cpu = running.usage().cpuSeconds - before.cpuSeconds
    return { eventsPerSecond: events / seconds, cpuSecondsPerMillion: (cpu * 1e6) / events }
  } finally {
    await running.stop()
    await publisher.close()
    await client.close()
  }
}
