import { createKafkaClient } from '../kafka/kafka-client.ts'
import { partitionOfKey } from '../kafka/producer/partition-of-key.ts'
import { transactions, type Transaction } from '../schemas/customers/banking.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { releases } from '../schemas/models/releases.ts'
import type { Topic } from '../schemas/topic.ts'
import { writers } from '../subjects/subjects.ts'
import { smallReleases } from '../tests/end-to-end/small-models.ts'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compared, type Round } from './compared.ts'
import { copyTables, copyTopics } from './limits.ts'
import { openPlatform, PARTITIONS, type PlatformUnderTest } from './platform-under-test.ts'
import { simulatedTransactions } from './transactions.ts'

const EVENTS_MAX = 100_000
const EVENTS_QUICK = 10_000
const EVENTS_WARM_UP = 2_000
const EVENTS_PER_TRANSACTION = 5_000

/** From the events to the last row, beside the same records and rows copied and nothing computed. */
export const whole: Benchmark = {
  name: 'whole',
  question: 'How many transactions a second go through all processors and the sink of one process?',
  needsBroker: true,
  run: (context) => compared(context, () => measure(context)),
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
    // Side by side at best.
    const seconds = Math.max(copied.seconds, copiedRows.seconds)
    return { ours, peer: { eventsPerSecond: events / seconds, cpuSecondsPerMillion: (copied.cpuSeconds * 1e6) / events } }
  } finally {
    await platform.close()
  }
}

async function throughPlatform(brokers: readonly string[], platform: PlatformUnderTest, events: number) {
  const client = createKafkaClient({ brokers, clientId: 'bench' })
  const publisher = client.transactionalProducer(`${platform.naming.topic(transactions)}-bench`)
  const running = await platform.up()
  try {
    await publisher.init()
    const publish = async (topic: Topic, values: readonly unknown[]) => {
      const { encode } = codecOf(topic, releasedRegistry)
      for (let from = 0; from < values.length; from += EVENTS_PER_TRANSACTION) {
        publisher.begin()
        for (const value of values.slice(from, from + EVENTS_PER_TRANSACTION)) {
          const key = Buffer.from(topic.keyOf(value))
          const partition = topic.role === 'global' ? 0 : partitionOfKey(key, PARTITIONS)
          publisher.append(platform.naming.topic(topic), partition, Date.now(), key, encode(value))
        }
        await publisher.commit()
      }
    }
    const values = transactionsUntil(Date.now(), EVENTS_WARM_UP + events)
    await publish(releases as Topic, smallReleases(Date.now()))
    await publish(transactions as Topic, values.slice(0, EVENTS_WARM_UP))
    await running.caughtUp()
    const before = running.usage()
    const startedAt = performance.now()
    await publish(transactions as Topic, values.slice(EVENTS_WARM_UP))
    const seconds = ((await running.caughtUp()) - startedAt) / 1_000
    const cpu = running.usage().cpuSeconds - before.cpuSeconds
    return { eventsPerSecond: events / seconds, cpuSecondsPerMillion: (cpu * 1e6) / events }
  } finally {
    await running.stop()
    await publisher.close()
    await client.close()
  }
}

/** The last one occurs now: no timer is due before its time, as none is in production. */
function transactionsUntil(now: number, count: number): readonly Transaction[] {
  const values = simulatedTransactions(count)
  const shift = now - values.at(-1)!.occurredAt
  return values.map((value) => ({ ...value, occurredAt: value.occurredAt + shift }))
}
