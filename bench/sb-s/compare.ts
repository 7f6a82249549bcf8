import { join } from 'node:path'
import { openTestbed } from './testbed.ts'
import { backlogRun, latencyRun, restoreRun } from './runs.ts'
import type { Distribution, Workload } from './generate.ts'
import { copy, kafkaStreams, ours, type Job } from './jobs.ts'
import type { Latency } from './latency.ts'
import type { Throughput } from './throughput.ts'

export interface ComparisonOptions {
  readonly brokers: readonly string[]
  readonly directory: string
  /** How often each job works off the backlog, alternating with the other. */
  readonly rounds: number
  readonly events: number
  readonly customers: number
  readonly distribution: Distribution
  readonly partitions: number
  readonly latency: { readonly warmUpS: number; readonly seconds: number; readonly commitMs: readonly number[] }
  /** Whether to run the peer without transactions too, for comparison: the engine has no such mode. */
  readonly atLeastOnce: boolean
  /** Number of events behind the restored state, over all customers. */
  readonly restoreEvents: number
  readonly log: (line: string) => void
}

export interface JobFigures extends Throughput {
  /** The figures of every round, as measured. */
  readonly rounds: readonly Throughput[]
  /** At 5,000 events a second, with the longest commit interval. */
  readonly latencyMs: Latency
  /** By commit interval. */
  readonly latencyMsByCommitMs: Readonly<Record<string, Latency>>
  readonly restoreSeconds: number
}

export interface Comparison {
  readonly ours: JobFigures
  readonly peer: JobFigures
  /**
   * Ours divided by the peer's: above 1 we are faster; for `rssMb`, `latency…` and `restoreSeconds`, below 1 we need
   * less.
   */
  readonly ratio: Readonly<Record<string, number>>
  /** The peer with at-least-once guarantee. */
  readonly peerAtLeastOnce?: Throughput
  /** Throughput of a mere copy, exactly once with our client: an upper bound for any job. */
  readonly copy: Throughput
}

const LATENCY_EVENTS_PER_SECOND = 5_000

/** Runs SB-S on the engine and on Kafka Streams, alternating, with the same broker and input. */
export async function compareEngines(options: ComparisonOptions): Promise<Comparison> {
  const { log, events, customers, distribution, latency } = options
  for (const job of [ours, kafkaStreams]) await job.prepare()
  const testbed = await openTestbed(options.brokers, join(options.directory, 'arena'), options.partitions)
  try {
    const workload: Workload = { seed: 1, distribution, customers }
    log(`Writing ${events} transactions of ${customers} customers (${distribution}).`)
    const input = await testbed.input(workload, events)
    const rounds = new Map<Job, Throughput[]>([
      [ours, []],
      [kafkaStreams, []],
    ])
    for (let round = 1; round <= options.rounds; round++) {
      for (const [job, list] of rounds) {
        const result = await backlogRun(testbed, job, input, true)
        log(`Round ${round}, ${job.name}: ${figuresText(result)}`)
        list.push(result)
      }
    }
    const loose = options.atLeastOnce
      ? await backlogRun(testbed, kafkaStreams, input, true, { guarantee: 'at_least_once' })
      : undefined
    if (loose !== undefined) log(`${kafkaStreams.name}, at least once: ${figuresText(loose)}`)
    const copied = await backlogRun(testbed, copy, input, false)
    log(`${copy.name}: ${figuresText(copied)}`)

    const figures = new Map<Job, JobFigures>()
    for (const [job, list] of rounds) {
      const latencies: Record<string, Latency> = {}
      for (const commitMs of latency.commitMs) {
        const paced = { workload, eventsPerSecond: LATENCY_EVENTS_PER_SECOND, ...latency, commitMs }
        const measured = await latencyRun(testbed, job, paced)
        log(
          `${job.name}, commit every ${commitMs} ms: p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms`,
        )
        latencies[commitMs] = measured
      }
      const restoreSeconds = await restoreRun(testbed, job, workload, options.restoreEvents)
      log(`${job.name}: first commit ${restoreSeconds.toFixed(2)} s after a start without local state`)
      figures.set(job, {
        ...median(list),
        rounds: list,
        latencyMs: latencies[Math.max(...latency.commitMs)]!,
        latencyMsByCommitMs: latencies,
        restoreSeconds,
      })
    }
    const [one, other] = [figures.get(ours)!, figures.get(kafkaStreams)!]
    return {
      ours: one,
      peer: other,
      ratio: ratios(one, other),
      ...(loose === undefined ? {} : { peerAtLeastOnce: loose }),
      copy: copied,
    }
  } finally {
    await testbed.close()
  }
}

function figuresText({
  eventsPerSecond,
  cpuSecondsPerMillion,
  cpuSecondsPerMillionSecondHalf,
  rssMb,
}: Throughput): string {
  return `${Math.round(eventsPerSecond)} events/s, ${cpuSecondsPerMillion.toFixed(1)} CPU-s per million (second half ${cpuSecondsPerMillionSecondHalf.toFixed(1)}), ${Math.round(rssMb)} MB`
}

function median(rounds: readonly Throughput[]): Throughput {
  const of = (name: keyof Throughput) => rounds.map((round) => round[name]).sort((a, b) => a - b)[rounds.length >> 1]!
  return {
    eventsPerSecond: of('eventsPerSecond'),
    cpuSecondsPerMillion: of('cpuSecondsPerMillion'),
    eventsPerSecondSecondHalf: of('eventsPerSecondSecondHalf'),
    cpuSecondsPerMillionSecondHalf: of('cpuSecondsPerMillionSecondHalf'),
    rssMb: of('rssMb'),
  }
}

function ratios(one: JobFigures, other: JobFigures): Record<string, number> {
  return {
    eventsPerSecond: one.eventsPerSecond / other.eventsPerSecond,
    eventsPerSecondSecondHalf: one.eventsPerSecondSecondHalf / other.eventsPerSecondSecondHalf,
    eventsPerCpuSecond: other.cpuSecondsPerMillion / one.cpuSecondsPerMillion,
    eventsPerCpuSecondSecondHalf: other.cpuSecondsPerMillionSecondHalf / one.cpuSecondsPerMillionSecondHalf,
    latencyP50: one.latencyMs.p50 / other.latencyMs.p50,
    latencyP99: one.latencyMs.p99 / other.latencyMs.p99,
    rssMb: one.rssMb / other.rssMb,
    restoreSeconds: one.restoreSeconds / other.restoreSeconds,
  }
}
