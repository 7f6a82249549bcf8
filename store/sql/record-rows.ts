import type { IsTime, RecordSchema, Schema, Shape } from '../../schemas/avro/schema.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { ColumnType } from './column-type.ts'
import type { Columns } from './write-rows.ts'

/** Mapping between the records of a topic and the rows that hold them. */
export interface RecordRows<T, Row> {
  /** The fields of a whole row, for `select`. */
  readonly fields: readonly (keyof Row & string)[]
  readonly columns: Columns<Row>
  /** Returns an object that holds at least the values of the row to write. */
  rowOf(record: T): object
  /**
   * Parses the JSON of selected rows with the current schemas. Rows are kept for years and may have been written by
   * older code or, after a rollback, by newer code.
   */
  read<Selected extends object>(rows: readonly Selected[]): Selected[]
}

/** Type of a selected row. */
export type RowOf<Rows> = Rows extends RecordRows<never, infer Row> ? Row : never

/**
 * Type of a stored field. Times are dates, and enum symbols are plain text, since a newer version may have written
 * symbols that this one lacks.
 */
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

/** A column that is not a field of the record, or that holds a different value. */
interface Derived<T, V> {
  readonly schema: Schema<V>
  of(record: T): NoInfer<V>
}

/**
 * Declares rows with a column for each field of a record, named, typed and nullable as its schema says. Arrays of
 * floats or times become arrays, other structures JSON. `without` lists fields that have no column.
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
