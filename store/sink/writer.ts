import type { Transaction } from 'kysely'
import type { Topic } from '../../schemas/topic.ts'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

/** A record on its way into the database; `value` is null for a tombstone. */
export interface SinkEvent<T = unknown> {
  readonly key: string
  readonly value: T | null
  readonly offset: number
}

/** Writes the events of one topic. Rows that are newer than an event stay. */
export interface SinkWriter<T = unknown> {
  readonly topic: Topic<T>
  /** What can't be done within the batch's transaction, such as new partitions of a table. */
  prepare?(database: Database, events: readonly SinkEvent<T>[]): Promise<void>
  write(transaction: Transaction<Tables>, events: readonly SinkEvent<T>[]): Promise<void>
}

/** Keeps the writer's type of events inside, so that writers of different topics make one list. */
export function sinkWriter<T>(writer: SinkWriter<T>): SinkWriter {
  return writer as unknown as SinkWriter
}

/** The values of a batch, without tombstones. */
export function valuesOf<T>(events: readonly SinkEvent<T>[]): T[] {
  return events.flatMap(({ value }) => (value === null ? [] : [value]))
}
