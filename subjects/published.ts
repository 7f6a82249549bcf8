/**
 * What extensions import as `scoreline/extensions`. Schemas and topics are at `scoreline/schemas/…`, aggregations at
 * `scoreline/features/…`, the harness for tests at `scoreline/testing`. A release removes nothing of them without a new
 * major version.
 */
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
  type TypeOf,
} from '../schemas/avro/schema.ts'
export { between, currency, itemsAtMost, nonNegative, oneOf, textUpTo, timeZone } from '../schemas/rules.ts'
export { EventError } from '../schemas/event-error.ts'
export { message, topic, type Message, type Topic } from '../schemas/topic.ts'
export { defineFeatureSet, overWindows } from '../features/define-feature-set.ts'
export type { DescribedFeatures } from '../features/feature-set.ts'
export {
  input,
  noFeatures,
  numericState,
  processor,
  recordsOf,
  recordState,
  scorer,
  type KeyedState,
  type Processor,
  type Scorer,
  type State,
} from '../processors/processor.ts'
export { raisedAlert, updateAlertState } from '../processors/raised-alert.ts'
export { detector, parameter, ramp, type Detector } from '../processors/visits/evidence/detector.ts'
export type { Extension } from './extension.ts'
