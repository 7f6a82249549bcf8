import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/**
 * Returns sentences on what a role may do in this database beyond reading the views named bi_…, each with what to do
 * about it. Rights that everybody has count too.
 */
export async function excessOf(reader: Reader, role: string): Promise<readonly string[]> {
  const { rows } = await sql<{ text: string }>`
    with mine as (select * from pg_roles where rolname = ${role}),
      schemas as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
    select 'It has attributes of an administrator: drop it, and run this again.' as text from mine
      where rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
    union all select format('It is a member of %I: revoke that.', m.roleid::regrole::text)
      from pg_auth_members m join mine on m.member = mine.oid
    union all select format('It may create objects in the schema %1$I: revoke create on schema %1$I from public.', s.nspname)
      from schemas s, mine where has_schema_privilege(mine.oid, s.oid, 'create')
    union all select format('It may create schemas: revoke create on database %I from public.', d.datname)
      from pg_database d, mine where d.datname = current_database() and has_database_privilege(mine.oid, d.oid, 'create')
    union all select format('It has rights on %1$I.%2$I: revoke all on %1$I.%2$I from public.', s.nspname, c.relname)
      from pg_class c join schemas s on s.oid = c.relnamespace, mine
      where case when c.relkind = 'S' then has_sequence_privilege(mine.oid, c.oid, 'usage, select, update')
        when c.relkind = 'v' and c.relname like 'bi\\_%'
        then has_table_privilege(mine.oid, c.oid, 'insert, update, delete, truncate, references, trigger')
        when c.relkind in ('r', 'p', 'v', 'm', 'f')
        then has_table_privilege(mine.oid, c.oid, 'select, insert, update, delete, truncate, references, trigger')
          or has_any_column_privilege(mine.oid, c.oid, 'select, insert, update, references')
        else false end
    union all select format('It may call %1$s with the rights of its owner: revoke execute on function %1$s from public.',
        p.oid::regprocedure)
      from pg_proc p join schemas s on s.oid = p.pronamespace, mine
      where p.prosecdef and has_function_privilege(mine.oid, p.oid, 'execute')
    order by 1 limit 5`.execute(reader)
  return rows.map(({ text }) => text)
}
