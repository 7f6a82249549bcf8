import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** What a PostgreSQL server says about itself. */
export interface ServerFacts {
  /** As a number: 180004 for 18.4. */
  readonly version: number
  readonly name: string
  readonly readOnly: boolean
  /** The server's clock, ms since the epoch. */
  readonly nowMs: number
}

export async function serverFacts(database: Reader): Promise<ServerFacts> {
  const { rows } = await sql<ServerFacts>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
      current_setting('transaction_read_only') = 'on' as read_only,
      (extract(epoch from clock_timestamp()) * 1000)::double precision as now_ms`.execute(database)
  return rows[0]!
}

export interface MissingGrants {
  /** Tables on which a right is missing, with the missing rights. */
  readonly tables: readonly { readonly table: string; readonly rights: readonly string[] }[]
  /** Whether tables can be created in the schema, as migrations do. */
  readonly mayCreate: boolean
}

/** Returns which rights on the tables of the current schema this role lacks. */
export async function missingGrants(database: Reader): Promise<MissingGrants> {
  const { rows: tables } = await sql<{ table: string; rights: string[] }>`
    select table_name as "table", array_agg(privilege order by privilege) as rights
    from (select relname::text as table_name, oid from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')) as ours,
      unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
    where not has_table_privilege(oid, privilege) group by table_name order by table_name`.execute(database)
  const { rows } = await sql<{ mayCreate: boolean }>`
    select has_schema_privilege(current_schema(), 'CREATE') as may_create`.execute(database)
  return { tables, mayCreate: rows[0]!.mayCreate }
}

/** Dead letters of a processor with a cause, by its code: how many there are, and how many since a time. */
export interface DeadLetterCount {
  readonly processor: string
  readonly code: string
  readonly count: number
  readonly recent: number
}

export async function countDeadLetters(database: Reader, since: Date): Promise<DeadLetterCount[]> {
  const { rows } = await sql<DeadLetterCount>`
    select processor, code, count(*)::int as count, (count(*) filter (where occurred_at >= ${since}))::int as recent
    from dead_letters group by processor, code order by processor, code`.execute(database)
  return rows
}
