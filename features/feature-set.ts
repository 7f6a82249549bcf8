import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import type { StateDescriptor, KeyedState } from './keyed-state.ts'

/** One line of the feature catalogue. */
export interface FeatureDescription {
  /** `set.feature`, e.g. `transactions.spent24h`. */
  readonly name: string
  readonly meaning: string
  readonly unit: string
  /** Names are hashed into it: these words, followed by the names, say what it counts. */
  readonly hashed?: string
  /** Fields of the events that it is made from, `topic.field`. */
  readonly sources: readonly string[]
  /** Lending law in many places forbids its use: a deployment can switch it off. */
  readonly protected?: boolean
}

/** Names for the numbers of a row. A model is bound to it: another version is another set. */
export interface FeatureNames {
  /** `name@version`. */
  readonly id: string
  readonly names: readonly string[]
}

/** Names with their meaning, in the order of the row. */
export interface DescribedFeatures extends FeatureNames {
  readonly descriptions: readonly FeatureDescription[]
}

/** A place for rows. Rows that are published or scored are Float32; tests look at the full precision. */
export type Numbers = Float32Array | Float64Array

/** Features that are folded together. The same object serves the live stream, the backfill and the training set. */
export interface FeatureSet<Event extends Envelope> extends DescribedFeatures {
  readonly kinds: readonly StateDescriptor<unknown>[]
  fold(memory: KeyedState, event: Event): void
  /**
   * Writes `names.length` numbers into `row` from `offset` on, as known at time `at` (ms, the key's latest event time); NaN where
   * there is nothing to tell yet.
   */
  row(memory: KeyedState, at: number, row: Numbers, offset: number): void
}

/** A feature set that is folded from one topic. */
export interface TopicFeatures<Event extends Envelope> extends FeatureSet<Event> {
  readonly topic: Topic<Event>
}
