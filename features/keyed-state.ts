import type { RecordSchema } from '../schemas/avro/schema.ts'

/**
 * A kind of record in keyed state. A key (a customer, an account, a salesperson) has any number of records of a kind,
 * each under its own id and each a record of the changelog: an event rewrites the few small records that it changes.
 */
export type StateDescriptor<T> = NumericStateDescriptor<T> | RecordStateDescriptor<T>

interface NumericStateDescriptor<T> {
  readonly name: string
  /** Number of Float64 slots in the record. */
  readonly slots: number
  readonly schema?: undefined
  readonly type?: T
}

export interface RecordStateDescriptor<T> {
  readonly name: string
  readonly slots?: undefined
  readonly schema: RecordSchema<T>
  readonly type?: T
}

/**
 * Describes records of flat numbers, the fast kind, for state that every event changes. `name` must be unique within a
 * processor and free of `/`.
 */
export function numericState(name: string, slots: number): StateDescriptor<Float64Array> {
  return { name, slots }
}

/** Describes records with an Avro schema, for structured state. */
export function recordState<T>(name: string, schema: RecordSchema<T>): RecordStateDescriptor<T> {
  return { name, schema }
}

/**
 * A view computed from all records of a kind, and maintained incrementally while they are in memory, so that a key with
 * thousands of records need not be read for each event. It is not state: it can be recomputed from the records at any
 * time.
 */
export interface DerivedView<T, View> {
  readonly kind: RecordStateDescriptor<T>
  /** Computes the view from all records, in order of id. */
  of(records: readonly T[]): View
  /**
   * Returns the view after a change of one record; `before` is `undefined` if it is new, `after` if it is deleted. Must
   * not mutate `view`, which may still be in use.
   */
  changed(view: View, before: T | undefined, after: T | undefined): View
}

/**
 * The records of one key. A `Float64Array` returned by `get` is the record itself: it may be changed in place if it is
 * put afterwards, and it reflects later puts. Any other value is replaced, never mutated. Changes are discarded if the
 * transaction aborts.
 */
export interface KeyedState {
  readonly key: string
  get<T>(kind: StateDescriptor<T>, id: string): T | undefined
  put<T>(kind: StateDescriptor<T>, id: string, value: NoInfer<T>): void
  delete(kind: StateDescriptor<unknown>, id: string): void
  /**
   * Iterates in order of id (code units of UTF-16 of ASCII ids; ids in other scripts come in order of their UTF-8
   * bytes).
   */
  scan<T>(kind: StateDescriptor<T>, idPrefix?: string): Iterable<readonly [id: string, value: T]>
  /**
   * Cheaper `scan` for reading only: passes record after record to `visit` until it returns false. Meanwhile no record
   * may be changed, put or deleted.
   */
  look<T>(kind: StateDescriptor<T>, idPrefix: string, visit: (id: string, value: T) => boolean): void
  /** Returns the view of the current records; later changes do not show in it. */
  derived<T, View>(view: DerivedView<T, View>): View
  /** Counts the records that `scan` would return, without reading them. */
  count(kind: StateDescriptor<unknown>, idPrefix?: string): number
}

/** Returns the records of a kind whose ids start with `idPrefix`, in order of id. */
export function recordsOf<T>(state: KeyedState, kind: StateDescriptor<T>, idPrefix = ''): T[] {
  const records: T[] = []
  state.look(kind, idPrefix, (_id, record) => records.push(record) > 0)
  return records
}

/** Stores a time in a one-slot record unless it holds a later one. */
export function keepLatest(state: KeyedState, kind: StateDescriptor<Float64Array>, id: string, at: number): void {
  state.put(kind, id, Float64Array.of(Math.max(state.get(kind, id)?.[0] ?? at, at)))
}
