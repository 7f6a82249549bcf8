import type { DefineCommand } from './define-command.ts'

/** A subcommand, read when it is needed: to read and compile all of them takes longer than most have to do. */
interface Command {
  readonly name: string
  load(): Promise<DefineCommand>
}

/** Every subcommand, in the order in which the help lists them. */
export const commands: readonly Command[] = [
  { name: 'up', load: async () => (await import('./run/up.ts')).defineUp },
  { name: 'processors', load: async () => (await import('./run/processors.ts')).defineProcessors },
  { name: 'sink', load: async () => (await import('./run/sink.ts')).defineSink },
  { name: 'api', load: async () => (await import('./run/api.ts')).defineApi },
  { name: 'deliveries', load: async () => (await import('./run/deliveries.ts')).defineDeliveries },
  { name: 'retrainer', load: async () => (await import('./run/retrainer.ts')).defineRetrainer },
  { name: 'simulator', load: async () => (await import('./run/simulator.ts')).defineSimulator },
  { name: 'migrate', load: async () => (await import('./run/migrate.ts')).defineMigrate },
  { name: 'adopt', load: async () => (await import('./run/adopt.ts')).defineAdopt },
  { name: 'topics', load: async () => (await import('./inspect/topics.ts')).defineTopics },
  { name: 'import', load: async () => (await import('./data/import.ts')).defineImport },
  { name: 'replay', load: async () => (await import('./data/replay.ts')).defineReplay },
  { name: 'visits', load: async () => (await import('./data/visits.ts')).defineVisits },
  { name: 'train', load: async () => (await import('./train/train.ts')).defineTrain },
  { name: 'predict', load: async () => (await import('./train/predict.ts')).definePredict },
  { name: 'explain', load: async () => (await import('./train/explain.ts')).defineExplain },
  { name: 'evaluate-stream', load: async () => (await import('./train/evaluate-stream.ts')).defineEvaluateStream },
  { name: 'models', load: async () => (await import('./train/models.ts')).defineModels },
  { name: 'state', load: async () => (await import('./inspect/state.ts')).defineState },
  { name: 'dead-letters', load: async () => (await import('./inspect/dead-letters.ts')).defineDeadLetters },
  { name: 'thresholds', load: async () => (await import('./inspect/thresholds.ts')).defineThresholds },
  { name: 'drift', load: async () => (await import('./inspect/drift.ts')).defineDrift },
  { name: 'cases', load: async () => (await import('./inspect/cases.ts')).defineCases },
  { name: 'policies', load: async () => (await import('./policies/policies.ts')).definePolicies },
  { name: 'verify', load: async () => (await import('./inspect/verify.ts')).defineVerify },
  { name: 'bench', load: async () => (await import('./inspect/bench.ts')).defineBench },
]
