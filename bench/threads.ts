import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createAdmin } from '../kafka/admin/admin.ts'
import type { ClientOptions } from '../kafka/client.ts'
import { createPlainProducer } from '../kafka/producer/plain-producer.ts'
import { customerFeaturesProcessor } from '../processors/customers/customer-features.ts'
import { transactions } from '../schemas/customers/banking.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { createNaming } from '../streams/naming.ts'
import { platformTopics } from '../streams/platform-topics.ts'
import { repeated, type Benchmark, type BenchmarkContext } from './benchmark.ts'
import { freePort, startPlatform } from './platform-process.ts'
import { simulatedTransactions } from './transactions.ts'
import { topics } from '../subjects/subjects.ts'

const PARTITIONS = 4
const POLL_MS = 100

export const threads: Benchmark = {
  needsBroker: true,
  run: (context) =>
    // Alternates, so that both run under the same conditions.
    repeated(context, async () => {
      const one = await measure(context, 1)
      const two = await measure(context, 2)
      return {
        eventsPerSecondOne: one.eventsPerSecond,
        eventsPerSecondTwo: two.eventsPerSecond,
        cpuSecondsPerMillionOne: one.cpuSecondsPerMillion,
        cpuSecondsPerMillionTwo: two.cpuSecondsPerMillion,
        coresUsedOne: one.coresUsed,
        coresUsedTwo: two.coresUsed,
        ratio: two.eventsPerSecond / one.eventsPerSecond,
      }
    }),
}

interface Moment {
  readonly atMs: number
  readonly events: number
  readonly cpuSeconds: number
}

async function measure({ brokers, events, directory }: BenchmarkContext, threadCount: number) {
  const prefix = `bench-${process.pid}-${Date.now()}.`
  const options = { brokers, clientId: 'bench' }
  const admin = createAdmin(options)
  const wanted = platformTopics(createNaming(prefix), {
    topics,
    processors: [customerFeaturesProcessor],
    partitions: PARTITIONS,
  })
  await admin.ensureTopics(wanted.map((topic) => ({ ...topic, replicationFactor: 1 })))
  try {
    await fill(options, createNaming(prefix).topic(transactions), events)
    return await work({ brokers, events, directory: join(directory, prefix), prefix, threadCount })
  } finally {
    await admin.deleteTopics(wanted.map(({ name }) => name))
    await admin.close()
  }
}

async function fill(options: ClientOptions, topic: string, events: number): Promise<void> {
  const producer = createPlainProducer(options)
  await producer.connect()
  const { encode } = codecOf(transactions, releasedRegistry)
  const records = simulatedTransactions(events).map((value) => ({ key: value.customerId, value: encode(value) }))
  await producer.send(topic, records)
  await producer.close()
}

interface Work {
  readonly brokers: readonly string[]
  readonly events: number
  readonly directory: string
  readonly prefix: string
  readonly threadCount: number
}

/**
 * Runs the processors as in production and measures the second half of the events by their own metrics: each thread
 * compiles its own code, and start-up is not steady work.
 */
async function work({ brokers, events, directory, prefix, threadCount }: Work) {
  const port = await freePort()
  const running = startPlatform(['processors', '--only', customerFeaturesProcessor.name], {
    KAFKA_BROKERS: brokers.join(','),
    TOPIC_PREFIX: prefix,
    TOPIC_PARTITIONS: String(PARTITIONS),
    DATA_DIRECTORY: directory,
    STREAM_THREADS: String(threadCount),
    METRICS_PORT: String(port),
  })
  try {
    let first: Moment | undefined
    for (;;) {
      await delay(POLL_MS)
      if (running.exitCode !== null) throw new Error(`The processors ended with code ${running.exitCode}.`)
      const moment = await momentAt(port)
      if (moment === undefined || moment.events < events / 2) continue
      first ??= moment
      if (moment.events < events) continue
      const seconds = (moment.atMs - first.atMs) / 1_000
      const folded = moment.events - first.events
      const cpuSeconds = moment.cpuSeconds - first.cpuSeconds
      return {
        eventsPerSecond: folded / seconds,
        cpuSecondsPerMillion: (cpuSeconds * 1e6) / folded,
        coresUsed: cpuSeconds / seconds,
      }
    }
  } finally {
    await running.stop()
  }
}

/** Reads the metrics; `undefined`: the process does not answer yet. */
async function momentAt(port: number): Promise<Moment | undefined> {
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
    (answer) => answer.text(),
    () => undefined,
  )
  if (text === undefined) return undefined
  const numberOf = (series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length + 1) ?? 0,
    )
  return {
    atMs: performance.now(),
    events: numberOf(`scoreline_events_total{processor="${customerFeaturesProcessor.name}"}`),
    cpuSeconds: numberOf('process_cpu_seconds_total'),
  }
}
