import type { Topic } from '../../schemas/topic.ts'
import type { Database } from '../database.ts'
import type { RecordRows } from '../sql/record-rows.ts'
import type { Tables } from '../tables.ts'
import type { Columns } from '../sql/write-rows.ts'

/** A record on its way into the database; `value` is null for a tombstone. */
export interface SinkEvent<T = unknown> {
  readonly key: string
  readonly value: T | null
  readonly offset: number
}

export type Row = Readonly<Record<string, unknown>>

/**
 * Which row of a key is kept: the `first` to arrive, the `last`, or the newest by these columns, compared in order
 * (null is older than anything, texts go by code point), and of equals the last one.
 */
export type Keep<Field = string> = 'first' | 'last' | { readonly newestBy: readonly Field[] }

/** A table that holds the rows of one topic, or some of its columns. */
export interface SinkTable<Field = string> {
  readonly name: keyof Tables
  readonly key: readonly Field[]
  readonly keep: Keep<Field>
  /** Rows are dropped by months, once this time is as long ago as scores are kept. */
  readonly expiresBy?: Field
  /** The fields of the rows that it holds; all of them where it is left out. */
  readonly columns?: readonly Field[]
}

/**
 * How the events of one topic become rows. It is a declaration, so that who verifies the database knows from it what
 * must be there, and a table that the sink writes can't be forgotten.
 */
export interface SinkWriter {
  readonly topic: Topic
  readonly columns: Columns<Row>
  /** The values of its columns, among others. */
  rowOf(value: unknown): Row
  readonly tables: readonly SinkTable[]
  /** Whether people are called is decided by it: how fresh it is does not depend on how much else is to be written. */
  readonly decisive?: boolean
  /** Work that can't be done in the batch's transaction, such as new partitions of a table. */
  prepare?(database: Database, events: readonly SinkEvent[]): Promise<void>
}

interface Definition<T, R> {
  readonly topic: Topic<T>
  readonly rows: RecordRows<T, R>
  readonly tables: readonly SinkTable<keyof R & string>[]
  readonly decisive?: boolean
  prepare?(database: Database, events: readonly SinkEvent<T>[]): Promise<void>
}

/** The columns of one of the writer's tables. */
export function columnsOf({ columns: all }: Pick<SinkWriter, 'columns'>, { columns }: SinkTable): Columns<Row> {
  return columns === undefined ? all : Object.fromEntries(columns.map((name) => [name, all[name]!]))
}

/** Keeps the types of events and rows inside, so that writers of different topics make one list. */
export function sinkWriter<T, R>({ rows: { columns, rowOf }, ...definition }: Definition<T, R>): SinkWriter {
  return { ...definition, columns, rowOf } as unknown as SinkWriter
}

/** The values of a batch, without tombstones. */
export function valuesOf<T>(events: readonly SinkEvent<T>[]): T[] {
  return events.flatMap(({ value }) => (value === null ? [] : [value]))
}
