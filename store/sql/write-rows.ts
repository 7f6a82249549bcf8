import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { ColumnType } from './column-type.ts'
import { columnName } from './field-names.ts'
import { packColumn, type PackedType } from './packed-column.ts'
import { packReals } from './packed-reals.ts'
import { storableJson } from './stored-text.ts'

/** Column types by the name of the field that the column holds. */
export type Columns<Row> = Readonly<Record<keyof Row & string, ColumnType>>

/**
 * Writes a batch with one statement and one binary parameter per column (`unnest`). Times are ms since 1970. `conflict`
 * is the `on conflict` clause; with one, a batch must not repeat a key.
 */
export async function writeRows<Row>(
  transaction: Transaction<Tables>,
  table: keyof Tables,
  columns: Columns<Row>,
  rows: readonly Row[],
  conflict: string,
): Promise<void> {
  if (rows.length === 0) return
  const sources = (Object.keys(columns) as (keyof Row & string)[]).map((name) =>
    sourceOf(
      columnName(name),
      columns[name],
      rows.map((row) => row[name]),
    ),
  )
  const names = sql.raw(sources.map(({ name }) => `"${name}"`).join(', '))
  const batch = sources.flatMap(({ lists }) => lists)
  await sql`insert into ${sql.table(table)} (${names})
    select ${sql.join(sources.map(({ value }) => value))}
    from unnest(${sql.join(batch.map(({ values, type }) => sql`${packColumn(type, values)}::${sql.raw(type)}[]`))})
      as batch(${sql.raw(batch.map(({ name }) => `"${name}"`).join(', '))}) ${sql.raw(conflict)}`.execute(transaction)
}

/**
 * A column of a batch: the lists sent for it, with one value per row, and the expression that builds the column from
 * them.
 */
interface Source {
  readonly name: string
  readonly lists: readonly { readonly name: string; readonly type: PackedType; readonly values: readonly unknown[] }[]
  readonly value: RawBuilder<unknown>
}

function sourceOf(name: string, type: ColumnType, values: readonly unknown[]): Source {
  if (type !== 'real[]') {
    const lists = [{ name, type: parameterType(type), values: type in encoders ? encodeColumn(type, values) : values }]
    return { name, lists, value: sql.raw(fromParameter(`"${name}"`, type)) }
  }
  const { bytes, first, last } = packReals(values as readonly (readonly number[] | null)[])
  const lists = [
    { name: `${name}_first`, type: 'integer', values: first },
    { name: `${name}_last`, type: 'integer', values: last },
  ] as const
  return { name, lists, value: sql`(${bytes}::real[])[${sql.raw(`"${name}_first":"${name}_last"`)}]` }
}

/** Returns `on conflict (keys) do update` of every other column, where the condition holds. */
export function upsertClause(
  keys: readonly string[],
  columns: Readonly<Record<string, ColumnType>>,
  where?: string,
): string {
  const others = Object.keys(columns).filter((name) => !keys.includes(name))
  const set = others.map((name) => `"${columnName(name)}" = excluded."${columnName(name)}"`).join(', ')
  return `on conflict (${keys.map(columnName).join(', ')}) do update set ${set}${where === undefined ? '' : ` where ${where}`}`
}

/**
 * Keeps one row per key, because PostgreSQL can update a key only once per statement: the last row, or the one that
 * `isNewer` prefers. Rows are sorted by key, since two concurrent batches with different orders would deadlock.
 */
export function newestOfEach<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  isNewer: (row: Row, held: Row) => boolean = () => true,
): Row[] {
  const byKey = new Map<string, Row>()
  for (const row of rows) {
    const key = keyOf(row)
    const held = byKey.get(key)
    if (held === undefined || isNewer(row, held)) byKey.set(key, row)
  }
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
}

function parameterType(type: Exclude<ColumnType, 'real[]'>): PackedType {
  if (type === 'time') return 'timestamptz'
  return type === 'times' || type === 'jsonb' ? 'text' : type
}

const encoders: Partial<Record<ColumnType, (value: never) => string>> = {
  times: (value: readonly number[]) => `{${value.join(',')}}`,
  jsonb: storableJson,
}

function encodeColumn(type: ColumnType, values: readonly unknown[]): readonly unknown[] {
  const convert = encoders[type]!
  return values.map((value) => (value === null || value === undefined ? null : convert(value as never)))
}

function fromParameter(name: string, type: ColumnType): string {
  if (type === 'times')
    return `case when ${name} is not null then array(select ${timeOf('ms')} from unnest(${name}::bigint[]) with ordinality as one(ms, place) order by place) end`
  return type === 'jsonb' ? `${name}::jsonb` : name
}

/** Adds seconds and milliseconds separately: as one double, distant times would lose their milliseconds. */
function timeOf(ms: string): string {
  return `to_timestamp(${ms} / 1000) + ${ms} % 1000 * interval '1 millisecond'`
}
