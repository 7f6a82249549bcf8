import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'

/** An event and the topic that it is bound for: one line of an event file. */
export interface TopicEvent {
  readonly topic: string
  readonly event: Envelope
}

/** A public data set as events. */
export interface Importer {
  /** The name on the command line; also the `source` of every event. */
  readonly name: string
  readonly description: string
  /** As the data set's publisher states it. */
  readonly licence: string
  /**
   * Yields the folder's events in order of event time, the same events with the same ids each time.
   * Throws `ImportError` for a file that is missing or that can't be what it should be; nothing is skipped silently.
   */
  read(folder: string): AsyncIterable<TopicEvent>
}

/** A file of the data set is not what it should be. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

/** Ties the event to its topic's schema at compile time. */
export function to<T extends Envelope>(topic: Topic<T>, event: NoInfer<T>): TopicEvent {
  return { topic: topic.name, event }
}
