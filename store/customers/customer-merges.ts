import { sql, type Generated, type RawBuilder, type Transaction } from 'kysely'
import { customerMerges, type CustomerMerge } from '../../schemas/platform/customer-merges.ts'
import type { Database, Reader } from '../database.ts'
import { putIntoOutbox } from '../operations/outbox.ts'
import type { PersonTables } from '../persons.ts'
import { supersedesClause } from '../sink/keep.ts'
import { columnsOf, type SinkWriter } from '../sink/writer.ts'
import { columnName } from '../sql/field-names.ts'
import type { GeneratedTime, Tables } from '../tables.ts'

interface CustomerMergeRow {
  readonly number: Generated<number>
  readonly id: string
  readonly customerId: string
  readonly intoId: string
  readonly reason: string
  readonly changedBy: string | null
  readonly mergedAt: GeneratedTime
}

declare module '../tables.ts' {
  interface Tables {
    customer_merges: CustomerMergeRow
  }
}

/** Why a merge has no effect. */
export type MergeRefusal =
  | { readonly refused: 'self' }
  | { readonly refused: 'cycle' }
  | { readonly refused: 'unknown'; readonly id: string }
  | { readonly refused: 'merged'; readonly into: string }

/** Rows that belong to the other customer now, by table; tables without any are left out. */
export interface MergedRows {
  readonly rows: Readonly<Record<string, number>>
}

export interface MergeRequest {
  readonly customerId: string
  readonly into: string
  /** null: another system. */
  readonly changedBy: string | null
  readonly reason: string
}

/** Makes one customer of two; refuses what contradicts an earlier merge. */
export type MergeCustomers = (request: MergeRequest) => Promise<MergedRows | MergeRefusal>

/** What holds customers: the statements of the tables, and the writers of the sink. */
export interface Holding {
  readonly tables: PersonTables
  readonly writers: readonly SinkWriter[]
}

/** Milliseconds; renaming in a table of millions of rows without an index on the customer takes its time. */
const STATEMENT_TIMEOUT_MS = 600_000

/**
 * Merges a customer into another: renames them in every table, and tells the processors. The sink and the queue of
 * deliveries wait meanwhile: what they write later, they check against these merges.
 */
export function mergeCustomer(
  database: Database,
  holding: Holding,
  merge: CustomerMerge,
): Promise<MergedRows | MergeRefusal> {
  return database.transaction().execute(async (transaction) => {
    await sql`set local statement_timeout = ${sql.lit(STATEMENT_TIMEOUT_MS)}`.execute(transaction)
    await sql`lock table sink_positions, delivery_positions in exclusive mode`.execute(transaction)
    const refusal = await refusalOf(transaction, merge)
    if (refusal !== undefined) return refusal
    const rows = await renameRows(transaction, holding, merge)
    const { id, customerId, into: intoId, reason, changedBy, occurredAt } = merge
    await transaction
      .insertInto('customer_merges')
      .values({ id, customerId, intoId, reason, changedBy, mergedAt: new Date(occurredAt) })
      .execute()
    await putIntoOutbox(transaction, customerMerges.name, merge)
    return { rows }
  })
}

async function refusalOf(
  transaction: Transaction<Tables>,
  { customerId, into }: CustomerMerge,
): Promise<MergeRefusal | undefined> {
  if (customerId === into) return { refused: 'self' }
  const before = await mergedInto(transaction, customerId)
  if (before !== undefined) return { refused: 'merged', into: before }
  for (let next = await mergedInto(transaction, into); next !== undefined; next = await mergedInto(transaction, next))
    if (next === customerId) return { refused: 'cycle' }
  for (const id of [customerId, into])
    if (!(await isKnown(transaction, id)) && (id === customerId || (await mergedInto(transaction, id)) === undefined))
      return { refused: 'unknown', id }
  return undefined
}

async function isKnown(reader: Reader, id: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select
    exists (select from customers where customer_id = ${id}) or
    exists (select from organisations where customer_id = ${id}) or
    exists (select from opportunities where customer_id = ${id}) or
    exists (select from visits where customer_id = ${id}) as known`.execute(reader)
  return rows[0]!.known
}

/** Returns the customer whom this one was merged into; `undefined`: none. */
export async function mergedInto(reader: Reader, customerId: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('customer_merges')
    .select('intoId')
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  return row?.intoId
}

/** Returns these customers with all who were merged into them. */
export async function withFormer(reader: Reader, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`with recursive all_of(id) as (
    select unnest(${[...ids]}::text[]) union select customer_id from customer_merges join all_of on into_id = all_of.id)
    select id from all_of`.execute(reader)
  return [...new Set([...ids, ...rows.map(({ id }) => id)])]
}

/** Returns the merges of these customers, in either part. */
export function mergesOf(reader: Reader, ids: readonly string[]) {
  return reader
    .selectFrom('customer_merges')
    .select(['id', 'customerId', 'intoId'])
    .where((is) => is.or([is('customerId', 'in', [...ids]), is('intoId', 'in', [...ids])]))
    .execute()
}

/** Returns all merges, oldest first. */
export function everyMerge(reader: Reader) {
  return reader.selectFrom('customer_merges').select(['customerId', 'intoId']).orderBy('number').execute()
}

/** Returns a text that changes with every merge, and with every erasure of one. */
export async function versionOfMerges(reader: Reader): Promise<string> {
  const { rows } = await sql<{ version: string }>`select count(*) || '/' || coalesce(max(number), 0) as version
    from customer_merges`.execute(reader)
  return rows[0]!.version
}

/** Returns a function that tells who a customer is after these merges. */
export function rootsOf(
  merges: Iterable<{ readonly customerId: string; readonly intoId: string }>,
): (id: string) => string {
  const into = new Map(Array.from(merges, ({ customerId, intoId }) => [customerId, intoId]))
  return (id) => {
    let root = id
    for (let next = into.get(root); next !== undefined; next = into.get(root)) root = next
    return root
  }
}

/** Columns that hold the id of a customer. */
const NAMING = ['customer_id', 'subject_id']

async function renameRows(
  transaction: Transaction<Tables>,
  { tables, writers }: Holding,
  { customerId, into }: CustomerMerge,
): Promise<Readonly<Record<string, number>>> {
  // All of them belong to the last of a chain, where the rows are.
  const last = rootsOf(await everyMerge(transaction))(into)
  const renamed: Record<string, number> = {}
  for (const [name, of] of Object.entries(tables)) {
    if ('none' in of || of.by !== 'customer_id') continue
    const { key, columns } = await shapeOf(transaction, name)
    const next = (column: string, row: string) => {
      const held = sql.ref(`${row}.${column}`)
      return NAMING.includes(column) ? sql`case when ${held} = ${customerId} then ${last} else ${held} end` : held
    }
    if (key.some((column) => NAMING.includes(column))) {
      const same = key.map((column) => sql`${sql.ref(`held.${column}`)} = ${next(column, 'former')}`)
      const both = sql`former.customer_id = ${customerId} and held.customer_id = ${last} and ${sql.join(same, sql` and `)}`
      await joinRows(transaction, name, writers, both)
    }
    const changes = NAMING.filter((column) => columns.includes(column)).map(
      (column) => sql`${sql.ref(column)} = ${next(column, 'former')}`,
    )
    const { numAffectedRows = 0n } =
      await sql`update ${sql.table(name)} as former set ${sql.join(changes)} where former.customer_id = ${customerId}`.execute(
        transaction,
      )
    if (numAffectedRows > 0n) renamed[name] = Number(numAffectedRows)
  }
  return renamed
}

/** Where both have a row of the same key, one stays, with the newer part of each writer of the table. */
async function joinRows(
  transaction: Transaction<Tables>,
  name: string,
  writers: readonly SinkWriter[],
  both: RawBuilder<unknown>,
): Promise<void> {
  const table = sql.table(name)
  for (const writer of writers)
    for (const part of writer.tables) {
      if (part.name !== name || typeof part.keep === 'string') continue
      const columns = columnsOf(writer, part)
      const changed = Object.keys(columns)
        .map(columnName)
        .filter((column) => !NAMING.includes(column))
      const isNewer = sql.raw(supersedesClause(part.keep.newestBy, columns, 'held', 'former'))
      await sql`update ${table} as held set ${sql.join(
        changed.map((column) => sql`${sql.ref(column)} = ${sql.ref(`former.${column}`)}`),
      )} from ${table} as former where ${both} and (${isNewer})
        and ${sql.ref(`former.${columnName(part.keep.newestBy[0]!)}`)} is not null`.execute(transaction)
    }
  await sql`delete from ${table} as former using ${table} as held where ${both}`.execute(transaction)
}

async function shapeOf(reader: Reader, table: string) {
  const { rows } = await sql<{ name: string; isKey: boolean }>`select attname as name,
    attnum = any(coalesce((select indkey::int2[] from pg_index where indrelid = attrelid and indisprimary), '{}')) as is_key
    from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(reader)
  return { columns: rows.map(({ name }) => name), key: rows.flatMap(({ name, isKey }) => (isKey ? [name] : [])) }
}
