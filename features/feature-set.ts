import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import type { StateDescriptor, KeyedState } from './keyed-state.ts'

/** One line of the feature catalogue. */
export interface FeatureDescription {
  /** `set.feature`, e.g. `transactions.spent24h`. */
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** Set if names are hashed into the feature: words that precede these names in a reason. */
  readonly hashed?: string
  /** Fields of the events that it is computed from, `topic.field`. */
  readonly sources: readonly string[]
  /** Whether lending law in many places forbids its use; deployments can switch it off. */
  readonly protected?: boolean
}

/** Names of the numbers of a row. Models are bound to a set and its version. */
export interface FeatureNames {
  /** `name@version`. */
  readonly id: string
  readonly names: readonly string[]
}

/** Returns the id of a version of a feature set. */
export function featureSetId(name: string, version: number): string {
  return `${name}@${version}`
}

/** Feature names with their descriptions, in the order of the row. */
export interface DescribedFeatures extends FeatureNames {
  readonly descriptions: readonly FeatureDescription[]
}

/** A buffer for rows. Published and scored rows are Float32; tests check full precision. */
export type Numbers = Float32Array | Float64Array

/** Features folded together. The live stream, the backfill and training share the same object. */
export interface FeatureSet<Event extends Envelope> extends DescribedFeatures {
  readonly kinds: readonly StateDescriptor<unknown>[]
  fold(state: KeyedState, event: Event): void
  /**
   * Adds what another key has folded, as if all events had been of this key. Late events count as always: the result
   * does not depend on the moment, up to rounding.
   */
  merge(state: KeyedState, other: KeyedState): void
  /**
   * Writes `names.length` numbers into `row` from `offset` on, as known at time `at` (ms, the key’s latest event time);
   * NaN without data.
   */
  row(state: KeyedState, at: number, row: Numbers, offset: number): void
}

/** A feature set that is folded from one topic. */
export interface TopicFeatures<Event extends Envelope> extends FeatureSet<Event> {
  readonly topic: Topic<Event>
}
