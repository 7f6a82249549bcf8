import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import { featureSetId, type DescribedFeatures, type Numbers, type TopicFeatures } from './feature-set.ts'
import type { StateDescriptor, KeyedState } from './keyed-state.ts'

/** How events of one topic change the state. */
export interface TopicFold {
  readonly topic: Topic<Envelope>
  fold(state: KeyedState, event: Envelope): void
}

/** Feature sets side by side in one row. */
export interface JoinedFeatures extends DescribedFeatures {
  readonly kinds: readonly StateDescriptor<unknown>[]
  /** One per topic. */
  readonly folds: readonly TopicFold[]
  merge(state: KeyedState, other: KeyedState): void
  row(state: KeyedState, at: number, row: Numbers, offset: number): void
}

/** Joins feature sets into one row. Each set keeps its names; two sets must not share a topic. */
export function joinFeatureSets(
  name: string,
  version: number,
  sets: readonly TopicFeatures<Envelope>[],
): JoinedFeatures {
  const topics = new Set(sets.map(({ topic }) => topic.name))
  if (topics.size !== sets.length) throw new Error(`${name}: two feature sets are folded from the same topic.`)
  return {
    id: featureSetId(name, version),
    names: sets.flatMap(({ names }) => names),
    descriptions: sets.flatMap(({ descriptions }) => descriptions),
    kinds: [...new Set(sets.flatMap(({ kinds }) => kinds))],
    folds: sets,
    merge(state, other) {
      for (const set of sets) set.merge(state, other)
    },
    row(state, at, row, offset) {
      let start = offset
      for (const set of sets) {
        set.row(state, at, row, start)
        start += set.names.length
      }
    },
  }
}
