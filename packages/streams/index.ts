/** The package `@scoreline/streams`: exactly-once stream processing with state, on Apache Kafka (docs/streams.md). */
import { releases } from '../../schemas/models/releases.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { customerMerges, movedRecords } from '../../schemas/platform/customer-merges.ts'
import { erasures } from '../../schemas/platform/erasures.ts'
import { deadLetters, gaps, journal, misplacedRecords } from '../../schemas/platform/platform.ts'
import { createRegistry, type Registry } from '../../schemas/release/registry.ts'
import { release } from '../../schemas/release/release.ts'
import type { Topic } from '../../schemas/topic.ts'

export {
  array,
  boolean,
  bytes,
  documented,
  double,
  enumeration,
  event,
  float,
  identifier,
  int,
  long,
  map,
  nullable,
  record,
  string,
  timestamp,
  withDefault,
  withRule,
  type Envelope,
  type RecordSchema,
  type TypeOf,
} from '../../schemas/avro/schema.ts'
export { codecOf } from '../../schemas/avro/codec.ts'
export { EventError } from '../../schemas/event-error.ts'
export { globalTopic, message, topic, type GlobalTopic, type Message, type Topic } from '../../schemas/topic.ts'
export { createRegistry, type Registry } from '../../schemas/release/registry.ts'
export { release } from '../../schemas/release/release.ts'
export {
  input,
  noFeatures,
  numericState,
  processor,
  recordsOf,
  recordState,
  scorer,
  type KeyedState,
  type Model,
  type Processor,
  type Scorer,
  type State,
} from '../../processors/processor.ts'
export { startEngine, type Engine } from '../../streams/engine.ts'
export type { EngineOptions, EngineTuning } from '../../streams/engine-options.ts'
export type { Log } from '../../streams/log.ts'
export { noMetrics, type StreamMetrics } from '../../streams/metrics.ts'
export { createNaming, type Naming } from '../../streams/naming.ts'
export { platformTopics as requiredTopics, type RequiredTopic } from '../../streams/platform-topics.ts'
export { createReplay, noGlobals, type Replay, type ReplayInput } from '../../streams/replay/replay.ts'

/** Topics that the engine itself reads and writes; a deployment has them beside its own. */
export const engineTopics = [
  clock,
  customerMerges,
  deadLetters,
  erasures,
  gaps,
  journal,
  misplacedRecords,
  movedRecords,
  releases,
] as readonly unknown[] as readonly Topic[]

/**
 * Returns a registry that numbers the schemas of these topics in their order, from 1. A deployment that changes its
 * schemas keeps the result of `release` instead, since ids must stay.
 */
export function registryOf(topics: readonly Topic[]): Registry {
  return createRegistry(release([], topics).schemas)
}

/** `loadModel` of engines whose processors have no models. */
export function noModels(): never {
  throw new Error('This engine has no models: pass `loadModel`.')
}
