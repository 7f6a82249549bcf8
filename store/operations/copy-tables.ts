import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

/** A table of the platform, as a backup needs it. A partitioned table is one, with all its partitions. */
export interface CopiedTable {
  readonly name: string
  /** Columns that are not computed. */
  readonly columns: readonly string[]
  /** Partitions with their bounds, in SQL. */
  readonly partitions: readonly { readonly name: string; readonly bound: string }[]
}

/** Last value of a sequence that has given one. */
export interface CopiedSequence {
  readonly name: string
  readonly value: string
}

/** A view of the whole database at one moment. */
export interface TablesSnapshot {
  /** Names of the migrations that were applied. */
  readonly migrations: readonly string[]
  /** In an order in which they can be filled: a table comes after those that it refers to. */
  readonly tables: readonly CopiedTable[]
  readonly sequences: readonly CopiedSequence[]
  /** Each row as PostgreSQL writes a value of the table's type, which reads back as the same row. */
  rows(table: CopiedTable): AsyncGenerator<string>
  /** Lets edits go on, which wait from the beginning of the snapshot. Its content stays the same. */
  allowEdits(): Promise<void>
}

const ROWS_PER_FETCH = 200
/** Tables of the migrator. */
const MIGRATIONS = ['kysely_migration', 'kysely_migration_lock']

/**
 * Runs `work` on a snapshot of all tables. Edits by people wait until `allowEdits`, so that what they have published and
 * what the database knows of it can be copied as of the same moment. Needs two connections.
 */
export async function withTablesSnapshot<Result>(
  database: Database,
  work: (snapshot: TablesSnapshot) => Promise<Result>,
): Promise<Result> {
  const gate = await database.startTransaction().setIsolationLevel('repeatable read').execute()
  const reader = await database.startTransaction().setIsolationLevel('repeatable read').execute()
  const end = async (transaction: typeof gate) => {
    if (!transaction.isCommitted && !transaction.isRolledBack)
      await transaction
        .rollback()
        .execute()
        .catch(() => {})
  }
  try {
    await withoutLimits(gate)
    // A lock does not begin the snapshot; an edit under way is thus in it.
    await sql`lock table outbox in exclusive mode`.execute(gate)
    const { rows } = await sql<{ id: string }>`select pg_export_snapshot() as "id"`.execute(gate)
    await sql`set transaction snapshot ${sql.lit(rows[0]!.id)}`.execute(reader)
    await withoutLimits(reader)
    return await work(await snapshotOf(reader, () => end(gate)))
  } finally {
    await end(gate)
    await end(reader)
  }
}

/** The work between two statements may take arbitrarily long. */
export async function withoutLimits(transaction: Transaction<Tables>): Promise<void> {
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(transaction)
  await sql`set local statement_timeout = 0`.execute(transaction)
}

async function snapshotOf(reader: Transaction<Tables>, allowEdits: () => Promise<void>): Promise<TablesSnapshot> {
  const migrations = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(reader)
  const sequences = await sql<CopiedSequence>`
    select sequencename as "name", last_value::text as "value" from pg_sequences
    where schemaname = current_schema() and last_value is not null order by 1`.execute(reader)
  return {
    migrations: migrations.rows.map(({ name }) => name),
    tables: inOrder(await tablesOf(reader), await referencesOf(reader)),
    sequences: sequences.rows,
    async *rows({ name }) {
      await sql`declare copied no scroll cursor for select t::text as "row" from ${sql.table(name)} as t`.execute(
        reader,
      )
      for (;;) {
        const { rows } = await sql<{ row: string }>`fetch ${sql.lit(ROWS_PER_FETCH)} from copied`.execute(reader)
        if (rows.length === 0) break
        for (const { row } of rows) yield row
      }
      await sql`close copied`.execute(reader)
    },
    allowEdits,
  }
}

async function tablesOf(reader: Transaction<Tables>): Promise<CopiedTable[]> {
  const { rows } = await sql<CopiedTable>`
    select c.relname as "name",
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as "columns",
      coalesce((select jsonb_agg(jsonb_build_object('name', p.relname, 'bound', pg_get_expr(p.relpartbound, p.oid)) order by p.relname)
        from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = c.oid), '[]') as "partitions"
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all(${MIGRATIONS})
    order by c.relname`.execute(reader)
  return rows
}

interface Reference {
  readonly from: string
  readonly to: string
}

async function referencesOf(reader: Transaction<Tables>): Promise<readonly Reference[]> {
  const { rows } = await sql<Reference>`
    select c.relname as "from", t.relname as "to" from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and k.conrelid <> k.confrelid`.execute(reader)
  return rows
}

/** Returns the tables with each after those that it refers to. */
function inOrder(tables: readonly CopiedTable[], references: readonly Reference[]): CopiedTable[] {
  const ordered: CopiedTable[] = []
  const add = (table: CopiedTable): void => {
    if (ordered.includes(table)) return
    for (const { from, to } of references) if (from === table.name) add(tables.find(({ name }) => name === to)!)
    ordered.push(table)
  }
  tables.forEach(add)
  return ordered
}
