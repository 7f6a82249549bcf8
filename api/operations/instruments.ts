import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

const LATENCY_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30]
const TRANSACTION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const BATCH_EVENTS = [1, 5, 10, 50, 100, 500, 1_000, 2_000, 5_000]
const RESTORE_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300]
const DELIVERY_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const REQUEST_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

interface Described<Label extends string> {
  readonly name: string
  readonly help: string
  readonly labels: readonly Label[]
}

const counters = {
  events: of('scoreline_events_total', 'Events folded in committed transactions.', 'processor'),
  scored: of('scoreline_scores_total', 'Rows scored in committed transactions.', 'processor'),
  messages: of('scoreline_messages_total', 'Messages published in committed transactions.', 'processor'),
  deadLetters: of('scoreline_dead_letters_total', 'Records that a processor could not process.', 'processor', 'code'),
  erasedDropped: of(
    'scoreline_erased_dropped_total',
    'Records about erased people that were dropped, counted by each processor that reads them.',
    'processor',
  ),
  duplicates: of(
    'scoreline_duplicates_total',
    'Events dropped as duplicates by id, counted by each processor that reads them.',
    'processor',
  ),
  forwarded: of('scoreline_forwarded_total', 'Records forwarded to the partition of their key.', 'processor', 'topic'),
  restored: of('scoreline_restored_records_total', 'Changelog records read to restore state.', 'processor'),
  failures: of(
    'scoreline_task_failures_total',
    'Task failures, after each of which the task was restarted.',
    'processor',
  ),
  gaps: of(
    'scoreline_gaps_total',
    'Gaps: times that retention deleted records before they were read.',
    'reader',
    'topic',
  ),
  gapOffsets: of('scoreline_gap_offsets_total', 'Offsets that were deleted before they were read.', 'reader', 'topic'),
  checkpointFailures: of(
    'scoreline_checkpoint_failures_total',
    'Checkpoints that could not be written to the local disk; the tasks continue in memory.',
    'processor',
  ),
  textsUnread: of(
    'scoreline_texts_unread_total',
    'Scored texts in a script that the backbone’s vocabulary hardly covers.',
    'script',
  ),
  deliveries: of(
    'scoreline_deliveries_total',
    'Attempts to deliver a message to a channel: delivered, retried (it is tried again) or dead.',
    'channel',
    'outcome',
  ),
  alerts: of(
    'scoreline_alerts_total',
    'Alerts delivered to channels of the kind metric; the type says whether raised or withdrawn.',
    'channel',
    'type',
    'kind',
  ),
  verified: of(
    'scoreline_verified_transactions_total',
    'Transactions replayed and compared with what was served.',
    'processor',
  ),
  differences: of(
    'scoreline_verification_differences_total',
    'Records that differ from the result of replaying their inputs.',
    'processor',
  ),
}

const gauges = {
  lag: of('scoreline_lag_records', 'Records written and not yet processed.', 'processor', 'partition'),
  waitingAge: of(
    'scoreline_oldest_waiting_seconds',
    'Age of the oldest record that waits for a task of this process; 0 if none does.',
    'processor',
    'partition',
  ),
  standbyLag: of(
    'scoreline_standby_lag_records',
    'Changelog records by which a standby replica in this process lags behind; one series per replica.',
    'processor',
    'partition',
  ),
  waiting: of('scoreline_waiting_records', 'Records written and not yet read, by part of this process.', 'part'),
  ready: of('scoreline_part_ready', '1 if the part is ready, 0 if not; /ready says why.', 'part'),
  deliveriesWaiting: of(
    'scoreline_deliveries_waiting',
    'Messages in the delivery queue of all processes, by channel.',
    'channel',
  ),
  deliveriesDead: of('scoreline_deliveries_dead', 'Dead deliveries, by channel.', 'channel'),
  deliveriesOldest: of(
    'scoreline_deliveries_oldest_seconds',
    'How long the oldest undelivered message of a channel has been due.',
    'channel',
  ),
  archived: of(
    'scoreline_archive_timestamp_seconds',
    'When everything that was due had last been archived; 0 until then.',
  ),
  modelDriftedInputs: of(
    'scoreline_model_drifted_inputs',
    'Inputs of the model in use that are distributed differently from the rows that it learned from.',
    'task',
  ),
  modelMissing: of('scoreline_model_missing_ratio', 'Share of missing values among the newest inputs.', 'task'),
  modelScoreShift: of(
    'scoreline_model_score_stability_index',
    'Population stability index of the newest scores of the model in use.',
    'task',
  ),
  modelLoss: of('scoreline_model_loss', 'Loss of the model in use on its newest labels.', 'task'),
  modelLossAtRelease: of('scoreline_model_release_loss', 'Loss of the model in use before its release.', 'task'),
  modelLossExpected: of(
    'scoreline_model_expected_loss',
    'Loss that the newest scores of the model in use lead to expect before their labels are known.',
    'task',
  ),
  modelCalibration: of(
    'scoreline_model_calibration_error',
    'Calibration error of the model in use on its newest labels.',
    'task',
  ),
  modelAge: of(
    'scoreline_model_age_seconds',
    'Event time from the newest row that the model in use learned from to its newest score.',
    'task',
  ),
  modelWarnings: of(
    'scoreline_model_warnings',
    '1 for each bound of its gate that the model in use breaks.',
    'task',
    'rule',
  ),
  modelReported: of(
    'scoreline_model_report_timestamp_seconds',
    'When monitoring last reported on the model in use.',
    'task',
  ),
  tasks: of('scoreline_tasks', 'Tasks running in this process.', 'processor'),
  liveClients: of('scoreline_live_clients', 'Clients connected to the live updates.'),
}

const histograms = {
  batch: { ...of('scoreline_transaction_events', 'Events per transaction.', 'processor'), buckets: BATCH_EVENTS },
  transaction: {
    ...of('scoreline_transaction_seconds', 'Time from the first fold of a transaction to its commit.', 'processor'),
    buckets: TRANSACTION_SECONDS,
  },
  latency: {
    ...of(
      'scoreline_latency_seconds',
      'Time from the write of a record to the commit of its results, for the oldest record of each transaction.',
      'processor',
    ),
    buckets: LATENCY_SECONDS,
  },
  restores: {
    ...of('scoreline_restore_seconds', 'Time to restore the state of a task.', 'processor'),
    buckets: RESTORE_SECONDS,
  },
  deliveries: {
    ...of('scoreline_delivery_seconds', 'Duration of attempts to deliver a message.', 'channel'),
    buckets: DELIVERY_SECONDS,
  },
  requests: {
    ...of('scoreline_http_request_seconds', 'Duration of HTTP requests.', 'route', 'method', 'status'),
    buckets: REQUEST_SECONDS,
  },
}

function of<const Label extends string>(name: string, help: string, ...labels: Label[]): Described<Label> {
  return { name, help, labels }
}

type LabelOf<Metric> = Metric extends Described<infer Label> ? Label : never

export interface Instruments {
  readonly counters: { readonly [Name in keyof typeof counters]: Counter<LabelOf<(typeof counters)[Name]>> }
  readonly gauges: { readonly [Name in keyof typeof gauges]: Gauge<LabelOf<(typeof gauges)[Name]>> }
  readonly histograms: { readonly [Name in keyof typeof histograms]: Histogram<LabelOf<(typeof histograms)[Name]>> }
}

/** Creates the metrics of the tables above and registers them for /metrics. */
export function createInstruments(registry: Registry): Instruments {
  const registers = [registry]
  return {
    counters: each(counters, ({ labels, ...about }) => new Counter({ ...about, labelNames: labels, registers })),
    gauges: each(gauges, ({ labels, ...about }) => new Gauge({ ...about, labelNames: labels, registers })),
    histograms: each(histograms, ({ labels, ...about }) => new Histogram({ ...about, labelNames: labels, registers })),
  } as unknown as Instruments
}

function each<Metric, Made>(
  table: Readonly<Record<string, Metric>>,
  make: (metric: Metric) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(table).map(([name, metric]) => [name, make(metric)]))
}
