import { sql, type RawBuilder } from 'kysely'
import type { Tables } from './tables.ts'

/** The people whose rows are looked for. */
export interface WantedPersons {
  readonly ids: readonly string[]
  /** What bytes of events hold of each id: as a text in Avro, and as a string in JSON. */
  readonly needles: readonly Buffer[]
}

/** Where a table holds people: the rows about them, and what an erasure does with these. */
export type TablePersons =
  | {
      /** How rows name people, for the documentation. */
      readonly by: string
      readonly rows: (of: WantedPersons) => RawBuilder<boolean>
      /** Changes the rows, as `set` of an update; not given: they are deleted. */
      readonly change?: (of: WantedPersons) => RawBuilder<unknown>
      /** Replaces columns that hold other people too, as a JSON object; not given: the whole row is shown. */
      readonly shown?: (of: WantedPersons) => RawBuilder<unknown>
    }
  | { readonly none: string }

/** Statements of some tables, in the order of deletion. */
export type PersonTables = Readonly<Partial<Record<keyof Tables, TablePersons>>>

export function byColumn(column: string): TablePersons {
  return { by: column, rows: ({ ids }) => sql<boolean>`${sql.ref(column)} = any(${[...ids]}::text[])` }
}

/** Rows that name a person in one of two columns. */
export function byEither(one: string, other: string): TablePersons {
  const has = (column: string, ids: readonly string[]) => sql`${sql.ref(column)} = any(${[...ids]}::text[])`
  return { by: `${one}, ${other}`, rows: ({ ids }) => sql<boolean>`(${has(one, ids)} or ${has(other, ids)})` }
}

/** Rows whose JSON object in the column has the id in this field. */
export function byJson(column: string, field: string): TablePersons {
  return {
    by: `${column}.${field}`,
    rows: ({ ids }) => sql<boolean>`${sql.ref(column)} ->> ${sql.lit(field)} = any(${[...ids]}::text[])`,
  }
}

/** What an erasure leaves of such bytes. */
export const ERASED_BYTES = sql`'erased:'::bytea`

/**
 * Rows with bytes of events in which an id stands. An erasure overwrites the columns and leaves the row, by which
 * verification knows that the record of the topic was not lost.
 */
export function byBytes(...columns: readonly string[]): TablePersons {
  const has = (column: string) =>
    sql`exists (select from unnest(needles.list) as one(bytes) where position(one.bytes in ${sql.ref(column)}) > 0)`
  return {
    by: columns.join(', '),
    rows: ({ needles }) =>
      sql<boolean>`exists (select from (select ${[...needles]}::bytea[] as list) as needles where ${sql.join(columns.map(has), sql` or `)})`,
    change: () => sql.join(columns.map((column) => sql`${sql.ref(column)} = ${ERASED_BYTES}`)),
  }
}

/** Rows of calls of these people, which name only the call. */
export function byCall(column: string): TablePersons {
  const calls = (table: string, ids: readonly string[]) =>
    sql`select call_id from ${sql.table(table)} where customer_id = any(${[...ids]}::text[])`
  const tables = ['calls', 'call_sessions', 'script_choices', 'turn_analyses', 'routed_calls']
  return {
    by: `${column}, which names a call`,
    rows: ({ ids }) =>
      sql<boolean>`${sql.ref(column)} in (${sql.join(
        tables.map((table) => calls(table, ids)),
        sql` union `,
      )})`,
  }
}

/** Rows with a JSON list of which some items name a person; an erasure removes these items. */
export function byItem(column: string, field: string): TablePersons {
  const isNamed = (ids: readonly string[]) => sql`one ->> ${sql.lit(field)} = any(${[...ids]}::text[])`
  return {
    by: `${column}[].${field}`,
    rows: ({ ids }) =>
      sql<boolean>`exists (select from jsonb_array_elements(${sql.ref(column)}) as one where ${isNamed(ids)})`,
    shown: ({ ids }) =>
      sql`jsonb_build_object(${sql.lit(column)}::text, (select jsonb_agg(one order by place) from
        jsonb_array_elements(${sql.ref(column)}) with ordinality as items(one, place) where ${isNamed(ids)}))`,
    change: ({ ids }) =>
      sql`${sql.ref(column)} = (select coalesce(jsonb_agg(one order by place), '[]') from
        jsonb_array_elements(${sql.ref(column)}) with ordinality as items(one, place) where not ${isNamed(ids)})`,
  }
}

export function noPersons(because: string): TablePersons {
  return { none: because }
}

/** Returns what to look for in bytes of events. */
export function wantedPersons(ids: readonly string[]): WantedPersons {
  return { ids, needles: ids.flatMap((id) => [avroText(id), Buffer.from(JSON.stringify(id))]) }
}

/** A text as Avro writes it: its length as a zigzag varint (https://avro.apache.org/docs/1.12.0/specification), then UTF-8. */
function avroText(text: string): Buffer {
  const bytes = Buffer.from(text)
  const length: number[] = []
  let rest = bytes.length * 2
  for (; rest > 0x7f; rest >>>= 7) length.push((rest & 0x7f) | 0x80)
  return Buffer.concat([Buffer.from([...length, rest]), bytes])
}
