import type { DefineCommand } from './define-command.ts'

/** A lazily imported subcommand: loading all of them takes longer than most commands run. */
interface Subcommand {
  readonly name: string
  /** Summary in the help text. */
  readonly summary: string
  load(): Promise<DefineCommand>
}

/** Every subcommand, in the order of the help text. */
export const commands: readonly Subcommand[] = [
  {
    name: 'up',
    summary: 'run the whole platform in one process; starts Kafka and PostgreSQL unless they are configured',
    load: async () => (await import('./run/up.ts')).defineUp,
  },
  {
    name: 'processors',
    summary: 'run the stream processors; start it several times to share the work',
    load: async () => (await import('./run/processors.ts')).defineProcessors,
  },
  {
    name: 'sink',
    summary: 'write what the processors publish to PostgreSQL; start it several times to share the work',
    load: async () => (await import('./run/sink.ts')).defineSink,
  },
  {
    name: 'api',
    summary: 'serve the API and the page; start it several times behind a load balancer to share the work',
    load: async () => (await import('./run/api.ts')).defineApi,
  },
  {
    name: 'deliveries',
    summary: 'send alerts to the channels that /channels lists; start it several times to share the work',
    load: async () => (await import('./run/deliveries.ts')).defineDeliveries,
  },
  {
    name: 'retrainer',
    summary: 'train challengers as outcomes arrive, and promote those that beat the model in use',
    load: async () => (await import('./run/retrainer.ts')).defineRetrainer,
  },
  {
    name: 'archive',
    summary: 'copy what the topics hold to the archive before retention deletes it; old scores are replayed from there',
    load: async () => (await import('./run/archive.ts')).defineArchive,
  },
  {
    name: 'simulator',
    summary: 'publish the events of the simulated world: its history once, then live; their source is `simulator`',
    load: async () => (await import('./run/simulator.ts')).defineSimulator,
  },
  {
    name: 'migrate',
    summary: 'migrate the database to the latest schema',
    load: async () => (await import('./run/migrate.ts')).defineMigrate,
  },
  {
    name: 'adopt',
    summary:
      'bind this database to these topics after the database or Kafka was replaced; stop the old one for good first',
    load: async () => (await import('./run/adopt.ts')).defineAdopt,
  },
  {
    name: 'topics',
    summary:
      'create missing topics and update their settings; fails if a topic has another partition count than configured',
    load: async () => (await import('./inspect/topics.ts')).defineTopics,
  },
  {
    name: 'import',
    summary: 'convert a public data set to events, one JSON object per line; `import table` sends any table',
    load: async () => (await import('./data/import.ts')).defineImport,
  },
  {
    name: 'replay',
    summary: 'send the events of a file to their topics; each line is {"topic": "…", "event": {…}}',
    load: async () => (await import('./data/replay.ts')).defineReplay,
  },
  {
    name: 'export',
    summary: 'write what the BI views show to Parquet files, one for each day',
    load: async () => (await import('./data/export.ts')).defineExport,
  },
  {
    name: 'backup',
    summary:
      'copy PostgreSQL and the topics, and with them all state, to a folder, as of one moment and while all runs',
    load: async () => (await import('./data/backup.ts')).defineBackup,
  },
  {
    name: 'restore',
    summary: 'bring a backup back into an empty Kafka and an empty database, which then go on from its moment',
    load: async () => (await import('./data/restore.ts')).defineRestore,
  },
  {
    name: 'campaigns',
    summary: 'put customers on the list of a campaign',
    load: async () => (await import('./data/campaigns.ts')).defineCampaigns,
  },
  {
    name: 'visits',
    summary: 'assess the visits of a file, without any service',
    load: async () => (await import('./data/visits.ts')).defineVisits,
  },
  {
    name: 'train',
    summary: "train a model: on a table, or on the platform's own scores and their outcomes; prints a line of metrics",
    load: async () => (await import('./train/train.ts')).defineTrain,
  },
  {
    name: 'predict',
    summary: 'score the rows of a table with a trained model: writes the table with a column of predictions',
    load: async () => (await import('./train/predict.ts')).definePredict,
  },
  {
    name: 'explain',
    summary:
      'explain the score of a row: the contribution of each feature, or of the records and words; as one JSON object',
    load: async () => (await import('./train/explain.ts')).defineExplain,
  },
  {
    name: 'evaluate-stream',
    summary: 'compare retraining policies: each row of a table is predicted before its label is learned',
    load: async () => (await import('./train/evaluate-stream.ts')).defineEvaluateStream,
  },
  {
    name: 'models',
    summary: 'list, retrain, promote, import and export registered models',
    load: async () => (await import('./train/models.ts')).defineModels,
  },
  {
    name: 'state',
    summary: "show a processor's state records for one key, from its changelog",
    load: async () => (await import('./inspect/state.ts')).defineState,
  },
  {
    name: 'dead-letters',
    summary: 'list or replay records that processors could not process, with the cause',
    load: async () => (await import('./inspect/dead-letters.ts')).defineDeadLetters,
  },
  {
    name: 'thresholds',
    summary: 'show or change the probability above which tasks act',
    load: async () => (await import('./inspect/thresholds.ts')).defineThresholds,
  },
  {
    name: 'drift',
    summary: 'find when the columns of a table, or their relation to a target, changed over time',
    load: async () => (await import('./inspect/drift.ts')).defineDrift,
  },
  {
    name: 'cases',
    summary: 'review visits: list the queue, show a case, and act on it',
    load: async () => (await import('./inspect/cases.ts')).defineCases,
  },
  {
    name: 'policies',
    summary: 'manage how visits are assessed: try a policy on past visits or in shadow, activate it, roll back',
    load: async () => (await import('./policies/policies.ts')).definePolicies,
  },
  {
    name: 'keys',
    summary: 'make, list and revoke API keys',
    load: async () => (await import('./inspect/keys.ts')).defineKeys,
  },
  {
    name: 'customers',
    summary: 'merge a customer into another: they are one person, and later events of both count for one',
    load: async () => (await import('./data/customers.ts')).defineCustomers,
  },
  {
    name: 'personal-data',
    summary: 'export all that is known of a person, or erase people everywhere',
    load: async () => (await import('./data/personal-data.ts')).definePersonalData,
  },
  {
    name: 'bi-role',
    summary: 'let a BI tool read the views for BI, and nothing else: make and revoke roles of PostgreSQL',
    load: async () => (await import('./inspect/bi-role.ts')).defineBiRole,
  },
  {
    name: 'verify',
    summary:
      'replay the inputs in the order of the journal, and compare the results bit for bit with published records, state and database',
    load: async () => (await import('./inspect/verify.ts')).defineVerify,
  },
  {
    name: 'scores',
    summary: 'compute a score of the past again and compare the bytes',
    load: async () => (await import('./inspect/scores.ts')).defineScores,
  },
  {
    name: 'doctor',
    summary: 'check connections, versions, rights, clocks, disk, topics and tables, and say what to do',
    load: async () => (await import('./inspect/doctor.ts')).defineDoctor,
  },
  {
    name: 'extensions',
    summary: 'check or release the processors, features, schemas and detectors of your own (docs/extensions.md)',
    load: async () => (await import('./extensions/extensions.ts')).defineExtensions,
  },
  {
    name: 'bench',
    summary: 'run a benchmark several times and print JSON; starts a broker unless one is configured or running',
    load: async () => (await import('./inspect/bench.ts')).defineBench,
  },
]
