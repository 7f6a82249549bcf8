import { recordState, numericState, type StateDescriptor } from '../../processors/processor.ts'
import { array, boolean, long, nullable, record, string, withDefault, type TypeOf } from '../../schemas/avro/schema.ts'
import { RESERVED_KEY } from './record-key.ts'

/** Records of the engine beside a processor’s own: under reserved keys, or under reserved kinds of an ordinary key. */

const InputPosition = record('InputPosition', 'The next offset of an input to fold.', { topic: string, offset: long })

export const Position = record('Position', 'How far a task has come: it is the truth about what is in the state.', {
  /** One more with each transaction. */
  sequence: long,
  inputs: array(InputPosition),
  /** Of the settings that the published decisions depend on. */
  settingsVersion: withDefault(string, ''),
  /** A re-evaluation towards `settingsVersion` is in progress. */
  sweeping: boolean,
  /** The last key that it has done. */
  sweptTo: nullable(string),
  /** Whose settings have changed: the processor and scorers that decide again; null: all of them. */
  sweptFor: nullable(array(string)),
})
export type Position = TypeOf<typeof Position>

export const positionKind: StateDescriptor<Position> = recordState('~position', Position)
export const POSITION_KEY = `${RESERVED_KEY}position`

const TopicSeen = record('TopicSeen', 'Which incarnation of a topic a task reads: the positions are of this one.', {
  topicId: string,
})
/** Under the key of the position, by the topic's name on the broker. */
export const topicKind: StateDescriptor<TypeOf<typeof TopicSeen>> = recordState('~topic', TopicSeen)

/** Under an ordinary key, by timer name: when it is due. */
export const timerKind = numericState('~timer', 1)
/** Under the key of an hour, by time, key and name. */
export const dueKind = numericState('~due', 1)
/** Under one key: the hours that hold timers. */
export const dueHourKind = numericState('~due-hour', 1)

/**
 * Under an ordinary key, by topic and hour of event time: hashes of the folded event ids. Long lists continue under the
 * keys of their pages.
 */
export const seenKind = numericState('~seen', 0)
/** Under one key, by topic, its id and partition: the last offset of a forwarded record that was received. */
export const sentOnKind = numericState('~sent-on', 1)

export const reservedKinds: readonly StateDescriptor<unknown>[] = [
  positionKind,
  topicKind,
  timerKind,
  dueKind,
  dueHourKind,
  seenKind,
  sentOnKind,
]
