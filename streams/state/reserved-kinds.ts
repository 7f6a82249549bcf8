import { recordState, numericState, type StateDescriptor } from '../../processors/processor.ts'
import { array, boolean, long, nullable, record, string, withDefault, type TypeOf } from '../../schemas/avro/schema.ts'
import { RESERVED_KEY } from './record-key.ts'

/** Records of the engine itself: under reserved keys, or as reserved kinds of an ordinary key. */

const InputPosition = record('InputPosition', 'The next offset of an input to fold.', { topic: string, offset: long })

export const Position = record('Position', 'How far a task has come: it is the truth about what is in the state.', {
  /** Number of the last transaction; increases by one with each. */
  sequence: long,
  inputs: array(InputPosition),
  /** Version of the settings that the published decisions depend on. */
  settingsVersion: withDefault(string, ''),
  /** Whether a re-evaluation towards `settingsVersion` is in progress. */
  sweeping: boolean,
  /** Last key that the re-evaluation has covered. */
  sweptTo: nullable(string),
  /** Names of the processor and scorers whose settings have changed and that decide again; null: all. */
  sweptFor: nullable(array(string)),
})
export type Position = TypeOf<typeof Position>

export const positionKind: StateDescriptor<Position> = recordState('~position', Position)
export const POSITION_KEY = `${RESERVED_KEY}position`

const TopicSeen = record('TopicSeen', 'Which incarnation of a topic a task reads: the positions are of this one.', {
  topicId: string,
})
/** Stored under the position's key, by topic name on the broker. */
export const topicKind: StateDescriptor<TypeOf<typeof TopicSeen>> = recordState('~topic', TopicSeen)

/** Due time of a timer, under an ordinary key, by timer name. */
export const timerKind = numericState('~timer', 1)
/** Timers of an hour, under the key of the hour, by time, key and name. */
export const dueKind = numericState('~due', 1)
/** Hours that contain timers, under one key. */
export const dueHourKind = numericState('~due-hour', 1)

/**
 * Hashes of the folded event ids, under an ordinary key, by topic and hour of event time. Long lists continue under the
 * keys of their pages.
 */
export const seenKind = numericState('~seen', 0)
/** Offset of the last forwarded record that was received, under one key, by topic, topic id and partition. */
export const forwardedKind = numericState('~sent-on', 1)

/** Offset of the topic of erasures up to which the state is erased, under the position's key. */
export const erasedKind = numericState('~erased', 1)

/** Offset of the topic of merges up to which the state has applied them, under the position's key. */
export const mergedKind = numericState('~merged', 1)

export const reservedKinds: readonly StateDescriptor<unknown>[] = [
  positionKind,
  topicKind,
  timerKind,
  dueKind,
  dueHourKind,
  seenKind,
  forwardedKind,
  erasedKind,
  mergedKind,
]
