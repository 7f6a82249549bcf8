import { sql } from 'kysely'
import type { Database, Reader } from '../database.ts'

/** How the values of each type of PostgreSQL are read: those that JavaScript has no exact number for, as bigint. */
const readings = {
  text: { kind: 'string', read: (column: string) => column },
  boolean: { kind: 'boolean', read: (column: string) => column },
  integer: { kind: 'int32', read: (column: string) => column },
  'double precision': { kind: 'double', read: (column: string) => column },
  bigint: { kind: 'int64', read: (column: string) => `${column}::text` },
  'timestamp with time zone': {
    kind: 'timestamp',
    read: (column: string) => `(extract(epoch from ${column}) * 1000000)::bigint::text`,
  },
  numeric: { kind: 'decimal', read: (column: string) => `trim_scale(${column} * 1000000000)::text` },
  jsonb: { kind: 'json', read: (column: string) => column },
  'real[]': { kind: 'json', read: (column: string) => `to_jsonb(${column})` },
  'text[]': { kind: 'json', read: (column: string) => `to_jsonb(${column})` },
} as const
const asBigInt: ReadonlySet<string> = new Set(['int64', 'timestamp', 'decimal'])
const ROWS_AT_ONCE = 5_000

type BiColumnKind = (typeof readings)[keyof typeof readings]['kind']

export interface BiColumn {
  readonly name: string
  readonly kind: BiColumnKind
  /** Reads it in SQL. */
  readonly read: string
}

/** Returns the columns of a BI view. Throws if there is no such view, or if it has a column of a type not known here. */
export async function biColumns(reader: Reader, view: string): Promise<readonly BiColumn[]> {
  const { rows } = await sql<{ name: string; type: string; quoted: string }>`select a.attname::text as name,
      format_type(a.atttypid, null) as type, quote_ident(a.attname) as quoted
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relkind = 'v' and c.relname like 'bi\\_%' and c.relname = ${view}
      and c.relnamespace = current_schema()::regnamespace order by a.attnum`.execute(reader)
  if (rows.length === 0)
    throw new Error(`There is no BI view ${JSON.stringify(view)}: docs/database.md lists all of them.`)
  return rows.map(({ name, type, quoted }) => {
    if (!Object.hasOwn(readings, type))
      throw new Error(`${view}.${name} has the type ${type}, which can't be exported.`)
    const { kind, read } = readings[type as keyof typeof readings]
    return { name, kind, read: read(quoted) }
  })
}

/**
 * Reads the rows of a view whose time lies in [from, to) from one snapshot, a few thousand at a time. Values are in the
 * order of the columns; of kinds `int64`, `timestamp` (microseconds) and `decimal` (times 10^9) they are bigint.
 */
export async function* readBiView(
  database: Database,
  view: string,
  columns: readonly BiColumn[],
  { time, from, to }: { readonly time: string; readonly from: Date; readonly to: Date },
): AsyncGenerator<unknown[][]> {
  const transaction = await database
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute()
  try {
    // Short names, since names of columns would be changed to those of fields.
    const list = columns.map(({ read }, index) => `${read} as c${index}`).join(', ')
    await sql`declare rows_of_view no scroll cursor for select ${sql.raw(list)} from ${sql.id(view)}
      where ${sql.id(time)} >= ${sql.lit(from.toISOString())} and ${sql.id(time)} < ${sql.lit(to.toISOString())}
      order by ${sql.id(time)}`.execute(transaction)
    for (;;) {
      const { rows } = await sql<Record<string, unknown>>`fetch ${sql.lit(ROWS_AT_ONCE)} from rows_of_view`.execute(
        transaction,
      )
      if (rows.length === 0) return
      yield rows.map((row) => columns.map((column, index) => valueOf(view, column, row[`c${index}`])))
    }
  } finally {
    // Nothing was written; a broken connection has nothing to roll back.
    await transaction
      .rollback()
      .execute()
      .catch(() => {})
  }
}

function valueOf(view: string, { name, kind }: BiColumn, value: unknown): unknown {
  if (value === null || !asBigInt.has(kind)) return value
  if (typeof value === 'string' && /^-?\d{1,38}$/.test(value)) return BigInt(value)
  throw new Error(`${view}.${name} holds a ${kind} of more digits than can be exported.`)
}
