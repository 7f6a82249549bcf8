import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'

/** An event and its topic: one line of an event file. */
export interface TopicEvent {
  readonly topic: string
  readonly event: Envelope
}

/** Converts a public data set to events. */
export interface Importer {
  /** The name on the command line; also the `source` of every event. */
  readonly name: string
  readonly description: string
  /** Licence as stated by the publisher of the data set. */
  readonly licence: string
  /**
   * Yields the folder's events in order of event time, with the same ids on every run. Throws `ImportError` for a
   * missing or malformed file; nothing is skipped silently.
   */
  read(folder: string): AsyncIterable<TopicEvent>
}

/** Thrown for a file of the data set that is missing or malformed. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

/** Pairs an event with its topic, checking its type against the schema at compile time. */
export function topicEvent<T extends Envelope>(topic: Topic<T>, event: NoInfer<T>): TopicEvent {
  return { topic: topic.name, event }
}
