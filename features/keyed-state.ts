import type { RecordSchema } from '../schemas/avro/schema.ts'

/**
 * A kind of record in keyed state. A key (a customer, an account, a salesperson) has any number of records of a kind,
 * each under its own id and each a record of the changelog: an event rewrites the few small records that it changes.
 */
export type StateDescriptor<T> = SlotsKind<T> | RecordKind<T>

interface SlotsKind<T> {
  readonly name: string
  /** Number of Float64 numbers in the record. */
  readonly slots: number
  readonly schema?: undefined
  readonly type?: T
}

export interface RecordKind<T> {
  readonly name: string
  readonly slots?: undefined
  readonly schema: RecordSchema<T>
  readonly type?: T
}

/**
 * Flat numbers: the fast kind, for what every event changes. `name` must be unique within a processor and free of `/`.
 */
export function numericState(name: string, slots: number): StateDescriptor<Float64Array> {
  return { name, slots }
}

/** Records with an Avro schema, for what has structure. */
export function recordState<T>(name: string, schema: RecordSchema<T>): RecordKind<T> {
  return { name, schema }
}

/**
 * What is worked out from all records of a kind, and kept up to date beside them while they are in memory: so that a key
 * of thousands of records need not be read with each event. It is no state: it follows from the records at any time.
 */
export interface DerivedView<T, View> {
  readonly kind: RecordKind<T>
  /** Of all records, in order of id. */
  of(records: readonly T[]): View
  /**
   * After one record has changed; `undefined`: it was not there, or is no more. Gives another view: the former one may
   * still be in use.
   */
  changed(view: View, before: T | undefined, after: T | undefined): View
}

/**
 * The records of one key. A `Float64Array` returned by `get` is the record itself: it may be changed in place if it is
 * put afterwards, and shows later puts. Any other value is replaced, never changed. Changes are discarded if the
 * transaction aborts.
 */
export interface KeyedState {
  readonly key: string
  get<T>(kind: StateDescriptor<T>, id: string): T | undefined
  put<T>(kind: StateDescriptor<T>, id: string, value: NoInfer<T>): void
  delete(kind: StateDescriptor<unknown>, id: string): void
  /** In order of id (code units of UTF-16 of ASCII ids; ids in other scripts come in order of their UTF-8 bytes). */
  scan<T>(kind: StateDescriptor<T>, idPrefix?: string): Iterable<readonly [id: string, value: T]>
  /**
   * The same at less cost, for those who only read: shows record by record until `visit` returns false. Meanwhile no
   * record may be changed, put or deleted.
   */
  look<T>(kind: StateDescriptor<T>, idPrefix: string, visit: (id: string, value: T) => boolean): void
  /** As the records are now; later changes do not show in it. */
  derived<T, View>(view: DerivedView<T, View>): View
}

/** The records of a kind, or those whose ids begin alike, in order of id. */
export function recordsOf<T>(state: KeyedState, kind: StateDescriptor<T>, idPrefix = ''): T[] {
  const records: T[] = []
  state.look(kind, idPrefix, (_id, record) => records.push(record) > 0)
  return records
}

/** Records a time in a kind of one slot, unless a later one is on record. */
export function keepLatest(state: KeyedState, kind: StateDescriptor<Float64Array>, id: string, at: number): void {
  state.put(kind, id, Float64Array.of(Math.max(state.get(kind, id)?.[0] ?? at, at)))
}
