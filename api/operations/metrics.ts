import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { StreamMetrics } from '../../streams/metrics.ts'
import { createRecent } from '../live/recent.ts'

/** What `/metrics` and `/status` report. */
export interface ApiMetrics extends StreamMetrics {
  requestAnswered(route: string, method: string, status: number, durationMs: number): void
  liveClients(count: number): void
  /** Records that wait for a part of this process. */
  waiting(part: string, records: number): void
  /** Whether a part of this process works, as /ready reports it. */
  partReady(part: string, ready: boolean): void
  /** A task was verified: the number of transactions, and of differences from what was served. */
  verified(processor: string, transactions: number, differences: number): void
  /** The text format of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
  /** The last moments of the processors in this process; undefined: none have run here. */
  recent(): StreamMoment | undefined
}

export interface StreamMoment {
  readonly eventsPerSecond: number
  readonly scoresPerSecond: number
  /** Records that were written and not yet taken, over all tasks. */
  readonly lag: number
  /** From the write of a record to the commit of its results; null: nothing was committed recently. */
  readonly latencyMsMedian: number | null
  readonly latencyMsP99: number | null
  readonly tasks: number
  readonly deadLetters: number
  readonly duplicates: number
}

const LATENCY_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30]
const TRANSACTION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const BATCH_EVENTS = [1, 5, 10, 50, 100, 500, 1_000, 2_000, 5_000]
const RESTORE_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300]
const REQUEST_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** `now`: milliseconds of a clock that never goes back. */
export function createMetrics(now: () => number = () => performance.now()): ApiMetrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  const histogram = (name: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })

  const ofProcessor = ['processor']
  const events = counter('scoreline_events_total', 'Events folded in committed transactions.', ofProcessor)
  const scored = counter('scoreline_scores_total', 'Rows scored in committed transactions.', ofProcessor)
  const messages = counter('scoreline_messages_total', 'Messages published in committed transactions.', ofProcessor)
  const batch = histogram('scoreline_transaction_events', 'Events of a transaction.', ofProcessor, BATCH_EVENTS)
  const transaction = histogram(
    'scoreline_transaction_seconds',
    'From the first fold of a transaction to its commit.',
    ofProcessor,
    TRANSACTION_SECONDS,
  )
  const latency = histogram(
    'scoreline_latency_seconds',
    'From the write of a record to the commit of its results; the oldest record of each transaction.',
    ofProcessor,
    LATENCY_SECONDS,
  )
  const deadLetters = counter('scoreline_dead_letters_total', 'Records that a processor could not take.', [
    'processor',
    'code',
  ])
  const duplicates = counter(
    'scoreline_duplicates_total',
    'Events dropped because their id was known, counted by each processor that reads them.',
    ofProcessor,
  )
  const forwarded = counter('scoreline_forwarded_total', 'Records sent on to the partition of their key.', [
    'processor',
    'topic',
  ])
  const restores = histogram(
    'scoreline_restore_seconds',
    'Time to restore the state of a task.',
    ofProcessor,
    RESTORE_SECONDS,
  )
  const restored = counter('scoreline_restored_records_total', 'Changelog records read to restore state.', ofProcessor)
  const failures = counter(
    'scoreline_task_failures_total',
    'Runs of a task that ended with an error and were restarted.',
    ofProcessor,
  )
  const gaps = counter('scoreline_gaps_total', 'Times at which records were deleted before they were read.', [
    'reader',
    'topic',
  ])
  const gapRecords = counter('scoreline_gap_offsets_total', 'Offsets that were deleted before they were read.', [
    'reader',
    'topic',
  ])
  const unwritten = counter(
    'scoreline_checkpoint_failures_total',
    'Checkpoints that the local disk did not take; the tasks go on in memory.',
    ofProcessor,
  )
  const verified = counter(
    'scoreline_verified_transactions_total',
    'Transactions replayed and compared with what was served.',
    ofProcessor,
  )
  const differences = counter(
    'scoreline_verification_differences_total',
    'Records that differ from what their inputs give.',
    ofProcessor,
  )
  const lag = gauge('scoreline_lag_records', 'Records written and not yet processed.', ['processor', 'partition'])
  const waiting = gauge('scoreline_waiting_records', 'Records written and not yet taken, by part of this process.', [
    'part',
  ])
  const ready = gauge('scoreline_part_ready', '1: the part does its work; 0: it does not, and /ready says why.', [
    'part',
  ])
  const tasks = gauge('scoreline_tasks', 'Tasks at work in this process.', ofProcessor)
  const requests = histogram(
    'scoreline_http_request_seconds',
    'HTTP requests.',
    ['route', 'method', 'status'],
    REQUEST_SECONDS,
  )
  const live = gauge('scoreline_live_clients', 'Pages and programs that follow the live updates.')
  live.set(0)

  const recent = createRecent(now)
  const lags = new Map<string, number>()
  const running = new Map<string, number>()
  let deadLetterCount = 0
  let duplicateCount = 0

  return {
    transactionCommitted(processor, result) {
      events.inc({ processor }, result.events)
      scored.inc({ processor }, result.scored)
      messages.inc({ processor }, result.messages)
      batch.observe({ processor }, result.events)
      transaction.observe({ processor }, result.durationMs / 1000)
      recent.committed(result.events, result.scored)
    },
    latency(processor, milliseconds) {
      latency.observe({ processor }, milliseconds / 1000)
      recent.waited(milliseconds)
    },
    deadLettered(processor, code) {
      deadLetters.inc({ processor, code })
      deadLetterCount++
    },
    duplicatesDropped(processor, count) {
      duplicates.inc({ processor }, count)
      duplicateCount += count
    },
    forwarded: (processor, topic) => forwarded.inc({ processor, topic }),
    taskRestored(processor, _partition, { records, durationMs }) {
      restores.observe({ processor }, durationMs / 1000)
      restored.inc({ processor }, records)
    },
    gapFound(reader, topic, offsets) {
      gaps.inc({ reader, topic })
      gapRecords.inc({ reader, topic }, offsets)
    },
    taskFailed: (processor) => failures.inc({ processor }),
    checkpointFailed: (processor) => unwritten.inc({ processor }),
    lag(processor, partition, records) {
      lag.set({ processor, partition: String(partition) }, records)
      lags.set(`${processor}/${partition}`, records)
    },
    running(processor, count) {
      tasks.set({ processor }, count)
      running.set(processor, count)
    },
    requestAnswered: (route, method, status, durationMs) =>
      requests.observe({ route, method, status: String(status) }, durationMs / 1000),
    liveClients: (count) => live.set(count),
    verified(processor, transactions, wrong) {
      verified.inc({ processor }, transactions)
      differences.inc({ processor }, wrong)
    },
    partReady: (part, isReady) => ready.set({ part }, isReady ? 1 : 0),
    waiting: (part, records) => waiting.set({ part }, records),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    recent() {
      if (running.size === 0) return undefined
      return {
        ...recent.moment(),
        lag: sum(lags.values()),
        tasks: sum(running.values()),
        deadLetters: deadLetterCount,
        duplicates: duplicateCount,
      }
    },
  }
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
