import type { Benchmark } from './benchmark.ts'

/** A benchmark that is loaded when it runs: together they load the whole platform. */
interface ListedBenchmark {
  readonly name: string
  readonly question: string
  load(): Promise<Benchmark>
}

/** All benchmarks, one file each. */
export const benchmarks: readonly ListedBenchmark[] = [
  {
    name: 'engine',
    question:
      'How does the engine compare with Kafka Streams on SB-S: sixteen features and a hundred trees per event, exactly once?',
    load: async () => (await import('./engine.ts')).engine,
  },
  {
    name: 'whole',
    question: 'How many transactions per second pass through all processors and the sink of one process?',
    load: async () => (await import('./whole.ts')).whole,
  },
  {
    name: 'archive',
    question: 'What does the archive take per million transactions: bytes by kind of topic, and CPU?',
    load: async () => (await import('./archive.ts')).archive,
  },
  {
    name: 'customer-features',
    question:
      'How many transactions per second does one process turn into customer features (174 numbers each), exactly once?',
    load: async () => (await import('./customer-features.ts')).customerFeatures,
  },
  {
    name: 'hot-key',
    question:
      'How many transactions per second of a single customer does one process turn into features, exactly once?',
    load: async () => (await import('./hot-key.ts')).hotKey,
  },
  {
    name: 'threads',
    question: 'How much faster are two stream threads of a process than one at computing customer features?',
    load: async () => (await import('./threads.ts')).threads,
  },
  {
    name: 'growth',
    question: 'How do throughput, memory and restore time change with the number of keys, partitions and processes?',
    load: async () => (await import('./growth.ts')).growth,
  },
  {
    name: 'sink',
    question: 'How many rows of customer features per second does the sink write to PostgreSQL?',
    load: async () => (await import('./sink.ts')).sink,
  },
  {
    name: 'serving',
    question:
      'How long does an API read take at 200 requests per second while the processors are working, and online features at 500?',
    load: async () => (await import('./serving.ts')).serving,
  },
  {
    name: 'restore',
    question:
      'How soon do all tasks of a killed process commit again: from the changelog, from a checkpoint, with standby?',
    load: async () => (await import('./restore.ts')).restore,
  },
  {
    name: 'idle',
    question: 'What share of a core does the whole platform use while there are no events?',
    load: async () => (await import('./idle.ts')).idle,
  },
  {
    name: 'intake',
    question: 'What does it cost to accept the events of a request atomically?',
    load: async () => (await import('./intake.ts')).intake,
  },
  {
    name: 'models',
    question: 'How accurate and how fast is gradient boosting compared with LightGBM, XGBoost and CatBoost?',
    load: async () => (await import('./models.ts')).models,
  },
  {
    name: 'tables',
    question:
      'How accurate and how fast are linear models and networks compared with scikit-learn, Keras and ONNX Runtime?',
    load: async () => (await import('./tables.ts')).tables,
  },
  {
    name: 'drift',
    question: 'How soon is drift found, at how many false alarms, and what does retraining gain on real drift?',
    load: async () => (await import('./drift.ts')).drift,
  },
  {
    name: 'loan-demand',
    question:
      'How well is loan demand predicted on real data, compared with baselines, and what does excluding protected attributes cost?',
    load: async () => (await import('./loan-demand.ts')).loanDemand,
  },
  {
    name: 'call-conversion',
    question: 'How close does the model of call conversion come to the best possible one in the simulated world?',
    load: async () => (await import('./call-conversion.ts')).callConversion,
  },
  {
    name: 'text',
    question: 'How accurate are text models, and how fast is the backbone compared with Python?',
    load: async () => (await import('./text.ts')).text,
  },
  {
    name: 'intents',
    question:
      'How much does the context weight add to intent accuracy, and does incremental training keep up with drifting wording?',
    load: async () => (await import('./intents.ts')).intents,
  },
  {
    name: 'live-texts',
    question:
      'How long does it take, from send to receipt, until an int8 backbone has rescored a visit and a turn of a call is analysed?',
    load: async () => (await import('./live-texts.ts')).liveTexts,
  },
  {
    name: 'visits',
    question:
      'What does a planned day come to, which false visits and copied reports are found at how many false alarms, and at what rate?',
    load: async () => (await import('./visits.ts')).visits,
  },
  {
    name: 'training',
    question: 'How much longer does an event wait for its score while the retrainer trains?',
    load: async () => (await import('./training.ts')).training,
  },
  {
    name: 'calls',
    question:
      'How quickly is a list imported and dispatched, how long does a customer in one of 200 live calls wait for an answer, how much busier are agents with predictive pacing than with progressive, what does routing by scores gain over the usual orders, and what do personalised scripts and ranking gain over one script in random order?',
    load: async () => (await import('./calls.ts')).calls,
  },
  {
    name: 'codec',
    question: 'How long does it take to encode and decode a transaction?',
    load: async () => (await import('./codec.ts')).codec,
  },
]
