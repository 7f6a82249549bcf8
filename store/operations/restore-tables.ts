import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'
import { withoutLimits, type CopiedSequence, type CopiedTable } from './copy-tables.ts'

/** Fills the tables of a migrated database that nobody has used. */
export interface TablesRestore {
  /** Replaces the rows that the migrations have written. Returns the number of rows. */
  fill(table: CopiedTable, rows: AsyncIterable<string>): Promise<number>
  setSequences(sequences: readonly CopiedSequence[]): Promise<void>
  /** Ties the readers' positions to the topics of the new cluster. `topicIds`: the new ids by name on the broker. */
  moveTopicIds(topicIds: ReadonlyMap<string, string>): Promise<void>
}

const ROWS_PER_INSERT = 500
const CHARACTERS_PER_INSERT = 4 << 20

/** Returns the names of the tables and views in the database, apart from PostgreSQL's own. */
export async function relationsIn(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as "name" from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm')
    order by 1`.execute(database)
  return rows.map(({ name }) => name)
}

/** Runs `work` in one transaction: the database has all of the backup, or none. */
export function withTablesRestore<Result>(
  database: Database,
  work: (restore: TablesRestore) => Promise<Result>,
): Promise<Result> {
  return database.transaction().execute(async (transaction) => {
    await withoutLimits(transaction)
    const { rows } = await sql<{ names: string }>`
      select string_agg(format('%I', relname), ', ') as "names" from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
        and relname not like 'kysely_migration%'`.execute(transaction)
    await sql`truncate ${sql.raw(rows[0]!.names)} restart identity`.execute(transaction)
    return work({
      fill: (table, copied) => fill(transaction, table, copied),
      async setSequences(sequences) {
        for (const { name, value } of sequences)
          await sql`select setval(format('%I', ${name}::text)::regclass, ${value}::bigint)`.execute(transaction)
      },
      async moveTopicIds(topicIds) {
        const [names, ids] = [[...topicIds.keys()], [...topicIds.values()]]
        for (const table of ['sink_positions', 'delivery_positions'] as const)
          await sql`
            update ${sql.table(table)} as p set topic_id = n.id
            from unnest(${names}::text[], ${ids}::text[]) as n (topic, id)
            where p.topic = n.topic and p.topic_id is not null`.execute(transaction)
      },
    })
  })
}

async function fill(
  transaction: Transaction<Tables>,
  { name, columns, partitions }: CopiedTable,
  rows: AsyncIterable<string>,
): Promise<number> {
  for (const partition of partitions)
    await sql`create table if not exists ${sql.table(partition.name)} partition of ${sql.table(name)} ${sql.raw(partition.bound)}`.execute(
      transaction,
    )
  const list = sql.join(columns.map((column) => sql.id(column)))
  const values = sql.join(columns.map((column) => sql`(r).${sql.id(column)}`))
  let count = 0
  let [waiting, characters]: [string[], number] = [[], 0]
  const insert = async (): Promise<void> => {
    // `offset 0` keeps the planner from parsing each row once for every column.
    await sql`
      insert into ${sql.table(name)} (${list}) overriding system value
      select ${values} from (select x::${sql.table(name)} as r from unnest(${waiting}::text[]) as x offset 0) as parsed`.execute(
      transaction,
    )
    count += waiting.length
    ;[waiting, characters] = [[], 0]
  }
  for await (const row of rows) {
    waiting.push(row)
    characters += row.length
    if (waiting.length >= ROWS_PER_INSERT || characters >= CHARACTERS_PER_INSERT) await insert()
  }
  if (waiting.length > 0) await insert()
  return count
}
