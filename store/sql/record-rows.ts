import type { IsTime, RecordSchema, Schema, Shape } from '../../schemas/avro/schema.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { ColumnType } from './column-type.ts'
import type { Columns } from './write-rows.ts'

/** Rows that hold the records of a topic: which columns they have, and how a record goes in and comes out. */
export interface RecordRows<T, Row> {
  /** The fields of a whole row, for queries to select. */
  readonly fields: readonly (keyof Row & string)[]
  readonly columns: Columns<Row>
  /** The values of a row before the write, among others. */
  rowOf(record: T): object
  /**
   * Reads the JSON of selected rows through the current schemas: rows are kept for years, and may be older or, after a
   * rollback, newer than the code.
   */
  read<Selected extends object>(rows: readonly Selected[]): Selected[]
}

/** A row as it is selected. */
export type RowOf<Rows> = Rows extends RecordRows<never, infer Row> ? Row : never

/** Times are dates. Symbols are plain text: a newer version may have written others. */
type Stored<V> = V extends string
  ? string
  : V extends number
    ? IsTime<V> extends true
      ? Date
      : number
    : V extends readonly (infer Item)[]
      ? IsTime<Item> extends true
        ? readonly Date[]
        : V
      : V
type StoredFields<Fields> = { readonly [K in keyof Fields]: Stored<Fields[K]> }

/** A column that is no field of the record, or holds another value. */
interface Derived<T, V> {
  readonly schema: Schema<V>
  of(record: T): NoInfer<V>
}

/**
 * Rows with a column for each field of a record, named and typed as the schema says; `null` where it may be null.
 * Arrays of floats or times are arrays, other structures are JSON. `without`: fields that have no column.
 */
export function rowsOf<T extends object, Left extends keyof T & string = never, D extends object = object>(
  { fields }: RecordSchema<T>,
  changes: {
    readonly without?: readonly Left[]
    readonly derived?: { readonly [K in keyof D]: Derived<T, D[K]> }
  } = {},
): RecordRows<T, StoredFields<Omit<T, Left | keyof D> & D>> {
  const without: readonly string[] = changes.without ?? []
  const derived = Object.entries<Derived<T, unknown>>(changes.derived ?? {})
  const kept = Object.entries(fields).filter(([field]) => !without.includes(field))
  const schemas = new Map([...kept, ...derived.map(([field, { schema }]) => [field, schema] as const)])
  const columns = Object.fromEntries([...schemas].map(([field, { shape }]) => [field, columnType(shape)]))
  const json = [...schemas].filter(([field]) => columns[field] === 'jsonb')
  return {
    fields: [...schemas.keys()] as never[],
    columns: columns as never,
    rowOf: derived.length === 0 ? (record) => record : (record) => withDerived(record, derived),
    read: (rows) => rows.map((row) => withCurrentJson(row, json)),
  }
}

function withDerived<T extends object>(record: T, derived: readonly [string, Derived<T, unknown>][]): object {
  const row: Record<string, unknown> = { ...(record as Record<string, unknown>) }
  for (const [field, { of }] of derived) row[field] = of(record)
  return row
}

function withCurrentJson<Row extends object>(row: Row, json: readonly (readonly [string, Schema<unknown>])[]): Row {
  const read: Record<string, unknown> = { ...(row as Record<string, unknown>) }
  for (const [field, schema] of json)
    if (read[field] !== undefined && read[field] !== null) read[field] = fromStoredJson(schema, read[field])
  return read as Row
}

function columnType(shape: Shape): ColumnType {
  switch (shape.kind) {
    case 'string':
    case 'enum':
      return 'text'
    case 'boolean':
      return 'boolean'
    case 'int':
      return 'integer'
    case 'long':
      return 'bigint'
    case 'float':
    case 'double':
      return 'double precision'
    case 'bytes':
      return 'bytea'
    case 'timestamp':
      return 'time'
    case 'nullable':
      return columnType(shape.of.shape)
    case 'array':
      if (shape.items.shape.kind === 'float') return 'real[]'
      return shape.items.shape.kind === 'timestamp' ? 'times' : 'jsonb'
    case 'map':
    case 'record':
      return 'jsonb'
  }
}
