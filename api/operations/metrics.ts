import { Registry } from 'prom-client'
import type { ModelReport } from '../../store/models/model-reports.ts'
import type { ChannelBacklog } from '../../store/deliveries/deliveries.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import { createRecentStats } from '../live/recent.ts'
import { createInstruments, type Instruments } from './instruments.ts'
import { createTaskBoard, type ProcessorFigures } from './task-board.ts'
import { createWaitingAges } from './waiting-ages.ts'
import { showReports } from './model-metrics.ts'
import { collectProcessMetrics } from './process-metrics.ts'

/** Metrics behind `/metrics` and `/status`. */
export interface ApiMetrics extends StreamMetrics {
  requestAnswered(route: string, method: string, status: number, durationMs: number): void
  liveClients(count: number): void
  /** Sets the number of records that a part of this process has yet to read. */
  waiting(part: string, records: number): void
  /** Sets whether a part of this process works, as /ready reports it. */
  partReady(part: string, ready: boolean): void
  /** Counts a verified task's transactions, and their differences from what was served. */
  verified(processor: string, transactions: number, differences: number): void
  deliveryAttempted(channel: string, outcome: 'delivered' | 'retried' | 'dead', durationMs: number): void
  /** Sets the backlog of every channel that has waiting or dead messages. */
  deliveryBacklogs(backlogs: readonly ChannelBacklog[]): void
  /** Sets when everything that was due had been archived, ms. */
  archived(at: number): void
  /** Sets what monitoring found about the models in use. */
  modelsReported(reports: readonly ModelReport[]): void
  /** Counts an alert that was delivered to a channel of the kind `metric`. */
  alertReported(channel: string, type: string, kind: string): void
  /** Returns all metrics in the text format of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
  /** Returns recent figures of the processors in this process; `undefined` if none has run here. */
  recent(): StreamStats | undefined
  /** Returns what the tasks of a processor in this process do; `undefined` if it has none here. */
  processor(name: string): ProcessorFigures | undefined
}

export interface StreamStats {
  readonly eventsPerSecond: number
  readonly scoresPerSecond: number
  /** Records written and not yet processed, over all tasks. */
  readonly lag: number
  /** Time from the write of a record to the commit of its results; null if nothing was committed recently. */
  readonly latencyMsMedian: number | null
  readonly latencyMsP99: number | null
  readonly tasks: number
  readonly deadLetters: number
  readonly duplicates: number
}

/** `now`: a monotonic clock in ms. */
export function createMetrics(now: () => number = () => performance.now()): ApiMetrics {
  const registry = new Registry()
  collectProcessMetrics(registry)
  const instruments = createInstruments(registry)
  const { counters, gauges, histograms } = instruments
  gauges.liveClients.set(0)

  const recent = createRecentStats(now)
  const lags = new Map<string, number>()
  const waiting = createWaitingAges(gauges.waitingAge)
  const running = new Map<string, number>()
  const board = createTaskBoard(now, (processor, partition) => waiting.of({ processor, partition: String(partition) }))
  let deadLetterCount = 0
  let duplicateCount = 0

  return {
    ...processMetrics(instruments),
    ...deliveryMetrics(instruments),
    ...taskMetrics(instruments),
    transactionCommitted(processor, result) {
      counters.events.inc({ processor }, result.events)
      counters.scored.inc({ processor }, result.scored)
      counters.messages.inc({ processor }, result.messages)
      histograms.batch.observe({ processor }, result.events)
      histograms.transaction.observe({ processor }, result.durationMs / 1000)
      recent.recordCommit(result.events, result.scored)
      board.committed(processor, result.events, result.scored)
    },
    latency(processor, milliseconds) {
      histograms.latency.observe({ processor }, milliseconds / 1000)
      recent.recordLatency(milliseconds)
      board.latency(processor, milliseconds)
    },
    deadLettered(processor, code) {
      counters.deadLetters.inc({ processor, code })
      deadLetterCount++
    },
    duplicatesDropped(processor, count) {
      counters.duplicates.inc({ processor }, count)
      duplicateCount += count
    },
    erasedDropped: (processor, count) => counters.erasedDropped.inc({ processor }, count),
    lag(processor, partition, records, waitingSince) {
      const labels = { processor, partition: String(partition) }
      gauges.lag.set(labels, records)
      lags.set(`${processor}/${partition}`, records)
      waiting.note(labels, records, waitingSince)
      board.lag(processor, partition, records)
    },
    running(processor, count) {
      gauges.tasks.set({ processor }, count)
      running.set(processor, count)
    },
    taskChanged: board.changed,
    processor: board.figuresOf,
    text() {
      waiting.measure()
      return registry.metrics()
    },
    contentType: registry.contentType,
    recent() {
      if (running.size === 0) return undefined
      return {
        ...recent.snapshot(),
        lag: sum(lags.values()),
        tasks: sum(running.values()),
        deadLetters: deadLetterCount,
        duplicates: duplicateCount,
      }
    },
  }
}

type ProcessMetrics = Pick<
  ApiMetrics,
  | 'requestAnswered'
  | 'liveClients'
  | 'waiting'
  | 'partReady'
  | 'verified'
  | 'standbyLag'
  | 'gapFound'
  | 'modelsReported'
  | 'archived'
>

function processMetrics({ counters, gauges, histograms }: Instruments): ProcessMetrics {
  return {
    requestAnswered: (route, method, status, durationMs) =>
      histograms.requests.observe({ route, method, status: String(status) }, durationMs / 1000),
    liveClients: (count) => gauges.liveClients.set(count),
    gapFound(reader, topic, offsets) {
      counters.gaps.inc({ reader, topic })
      counters.gapOffsets.inc({ reader, topic }, offsets)
    },
    standbyLag(processor, partition, records) {
      const labels = { processor, partition: String(partition) }
      if (records === undefined) gauges.standbyLag.remove(labels)
      else gauges.standbyLag.set(labels, records)
    },
    verified(processor, transactions, wrong) {
      counters.verified.inc({ processor }, transactions)
      counters.differences.inc({ processor }, wrong)
    },
    partReady: (part, isReady) => gauges.ready.set({ part }, isReady ? 1 : 0),
    waiting: (part, records) => gauges.waiting.set({ part }, records),
    archived: (at) => gauges.archived.set(at / 1_000),
    modelsReported: (reports) => showReports(gauges, reports),
  }
}

type TaskMetrics = Pick<ApiMetrics, 'forwarded' | 'taskRestored' | 'taskFailed' | 'checkpointFailed' | 'textsUnread'>

function taskMetrics({ counters, histograms }: Instruments): TaskMetrics {
  return {
    forwarded: (processor, topic) => counters.forwarded.inc({ processor, topic }),
    taskRestored(processor, _partition, { records, durationMs }) {
      histograms.restores.observe({ processor }, durationMs / 1000)
      counters.restored.inc({ processor }, records)
    },
    checkpointFailed: (processor) => counters.checkpointFailures.inc({ processor }),
    textsUnread: (script, count) => counters.textsUnread.inc({ script }, count),
    taskFailed: (processor) => counters.failures.inc({ processor }),
  }
}

type DeliveryMetrics = Pick<ApiMetrics, 'deliveryAttempted' | 'deliveryBacklogs' | 'alertReported'>

function deliveryMetrics({ counters, gauges, histograms }: Instruments): DeliveryMetrics {
  return {
    deliveryAttempted(channel, outcome, durationMs) {
      counters.deliveries.inc({ channel, outcome })
      histograms.deliveries.observe({ channel }, durationMs / 1000)
    },
    deliveryBacklogs(backlogs) {
      const { deliveriesWaiting, deliveriesDead, deliveriesOldest } = gauges
      // Channels without a backlog are not in the list.
      for (const gauge of [deliveriesWaiting, deliveriesDead, deliveriesOldest]) gauge.reset()
      for (const { channel, waiting, dead, oldestMs } of backlogs) {
        deliveriesWaiting.set({ channel }, waiting)
        deliveriesDead.set({ channel }, dead)
        deliveriesOldest.set({ channel }, (oldestMs ?? 0) / 1000)
      }
    },
    alertReported: (channel, type, kind) => counters.alerts.inc({ channel, type, kind }),
  }
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
