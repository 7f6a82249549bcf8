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
  /** When the record was written to its topic, ms. */
  readonly writtenAt?: number
  /** Set for a result about a former customer, which says nothing of the customer they were merged into. */
  readonly isOfFormer?: boolean
}

export type Row = Readonly<Record<string, unknown>>

/**
 * Which row of a key is kept: the `first` to arrive, the `last`, or the newest by these columns, compared in order
 * (null is oldest, text is compared by code point); of equal rows the last.
 */
export type Keep<Field = string> = 'first' | 'last' | { readonly newestBy: readonly Field[] }

/** A table that holds some or all columns of one topic's rows. */
export interface SinkTable<Field = string> {
  readonly name: keyof Tables
  readonly key: readonly Field[]
  readonly keep: Keep<Field>
  /** The time by which rows expire, in monthly partitions, once the retention of scores has passed. */
  readonly expiresBy?: Field
  /** The fields that the table holds; all if not given. */
  readonly columns?: readonly Field[]
}

/**
 * Declares how the events of one topic become rows. Verification reads the same declaration to know what the database
 * must hold, so it covers every table that the sink writes.
 */
export interface SinkWriter {
  readonly topic: Topic
  readonly columns: Columns<Row>
  /** Returns an object that holds at least the values of the columns. */
  rowOf(value: unknown): Row
  readonly tables: readonly SinkTable[]
  /**
   * Set for topics that decide whether people are called. Their progress is tracked separately, so that it does not
   * depend on how much else waits to be written.
   */
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

/** Returns whether a result about a former customer belongs in the table: not where there is one row per customer. */
export function takesFormer({ key }: SinkTable): boolean {
  return key.length !== 1 || key[0] !== 'customerId'
}

/** Returns the columns of one of the writer's tables. */
export function columnsOf({ columns: all }: Pick<SinkWriter, 'columns'>, { columns }: SinkTable): Columns<Row> {
  return columns === undefined ? all : Object.fromEntries(columns.map((name) => [name, all[name]!]))
}

/** Hides the types of events and rows, so that writers of different topics fit in one list. */
export function sinkWriter<T, R>({ rows: { columns, rowOf }, ...definition }: Definition<T, R>): SinkWriter {
  return { ...definition, columns, rowOf } as unknown as SinkWriter
}

/** Returns the values of a batch, without tombstones. */
export function valuesOf<T>(events: readonly SinkEvent<T>[]): T[] {
  return events.flatMap(({ value }) => (value === null ? [] : [value]))
}
