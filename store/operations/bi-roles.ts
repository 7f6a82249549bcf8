import { sql, type Transaction } from 'kysely'
import type { Database, Reader } from '../database.ts'
import { scramVerifier } from '../sql/scram-verifier.ts'
import type { Tables } from '../tables.ts'
import { excessOf } from './bi-role-excess.ts'

/** The comment by which the roles that were made here are known from all others. */
const MARK = 'Reads the BI views of Scoreline; managed by `scoreline bi-role`.'
const CONNECTIONS_MAX = 10

export interface BiRole {
  readonly name: string
  readonly password: string
  /** The server cancels statements that take longer. */
  readonly statementTimeoutS: number
}

/**
 * Creates or updates a role that may connect to this database and read its BI views, and nothing else. Later migrations
 * give it their views. Throws if a role of that name was not made here, or if the role would have any other right,
 * through a grant to everybody for instance.
 */
export async function grantBiRole(database: Database, role: BiRole): Promise<{ created: boolean; views: number }> {
  requireName(role.name)
  return database.transaction().execute(async (transaction) => {
    await lock(transaction)
    const created = !(await isOurs(transaction, role.name))
    const name = sql.id(role.name)
    if (created) {
      await sql`create role ${name} login noinherit`.execute(transaction)
      await sql`comment on role ${name} is ${sql.lit(MARK)}`.execute(transaction)
    }
    await sql`alter role ${name} login connection limit ${sql.lit(CONNECTIONS_MAX)}
      password ${sql.lit(scramVerifier(role.password))}`.execute(transaction)
    await sql`alter role ${name} set default_transaction_read_only = on`.execute(transaction)
    await sql`alter role ${name} set statement_timeout = ${sql.lit(`${role.statementTimeoutS}s`)}`.execute(transaction)
    await sql`alter role ${name} set idle_in_transaction_session_timeout = '60s'`.execute(transaction)
    const { database: here, schema } = await placeOf(transaction)
    await sql`grant connect on database ${sql.id(here)} to ${name}`.execute(transaction)
    await sql`grant usage on schema ${sql.id(schema)} to ${name}`.execute(transaction)
    const views = await viewsOf(transaction)
    for (const view of views) await sql`grant select on ${sql.id(view)} to ${name}`.execute(transaction)
    const excess = await excessOf(transaction, role.name)
    if (excess.length > 0) throw new Error(`The role ${role.name} would have more rights: ${excess.join(' ')}`)
    return { created, views: views.length }
  })
}

/**
 * Takes all rights in this database from a role that was made here, and drops it unless it has rights in another
 * database. Returns whether it was dropped. Open sessions can read nothing any more.
 */
export async function revokeBiRole(database: Database, role: string): Promise<{ dropped: boolean }> {
  requireName(role)
  return database.transaction().execute(async (transaction) => {
    await lock(transaction)
    if (!(await isOurs(transaction, role))) throw new Error(`There is no role ${role}.`)
    const name = sql.id(role)
    const { database: here, schema } = await placeOf(transaction)
    for (const view of await viewsOf(transaction))
      await sql`revoke all on ${sql.id(view)} from ${name}`.execute(transaction)
    await sql`revoke all on schema ${sql.id(schema)} from ${name}`.execute(transaction)
    await sql`revoke all on database ${sql.id(here)} from ${name}`.execute(transaction)
    const { rows } = await sql`select from pg_shdepend where refclassid = 'pg_authid'::regclass
      and refobjid = to_regrole(${role})`.execute(transaction)
    if (rows.length > 0) return { dropped: false }
    await sql`drop role ${name}`.execute(transaction)
    return { dropped: true }
  })
}

/** Gives the roles that read this database's BI views those views that they lack: new ones of a migration. */
export async function grantNewViews(database: Database): Promise<void> {
  const missing = (reader: Reader) =>
    sql<{ role: string; view: string }>`with views as (select c.oid, c.relname, c.relacl from pg_class c
        where c.relkind = 'v' and c.relname like 'bi\\_%' and c.relnamespace = current_schema()::regnamespace),
      roles as (select distinct a.grantee from views, aclexplode(views.relacl) a
        where shobj_description(a.grantee, 'pg_authid') = ${MARK})
      select r.rolname::text as role, v.relname::text as view from roles join pg_roles r on r.oid = roles.grantee
        cross join views v where not has_table_privilege(r.oid, v.oid, 'select')`.execute(reader)
  if ((await missing(database)).rows.length === 0) return
  await database.transaction().execute(async (transaction) => {
    await lock(transaction)
    const { rows } = await missing(transaction)
    for (const { role, view } of rows)
      await sql`grant select on ${sql.id(view)} to ${sql.id(role)}`.execute(transaction)
  })
}

/** Grants that run at once would fail: PostgreSQL updates the rights of an object without waiting. */
async function lock(transaction: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('scoreline bi roles'))`.execute(transaction)
}

function requireName(name: string): void {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name) && !name.startsWith('pg_')) return
  throw new Error(
    `${JSON.stringify(name)} can't be the name of a role: use up to 63 of a–z, 0–9 and _, no digit first, and not pg_….`,
  )
}

/** Returns whether the role exists and was made here. Throws if it exists and was not. */
async function isOurs(reader: Reader, name: string): Promise<boolean> {
  const { rows } = await sql<{ comment: string | null }>`select shobj_description(oid, 'pg_authid') as comment
    from pg_roles where rolname = ${name}`.execute(reader)
  const [role] = rows
  if (role === undefined) return false
  if (role.comment === MARK) return true
  throw new Error(`The role ${name} exists, and was not made by \`scoreline bi-role\`: choose another name.`)
}

async function placeOf(reader: Reader): Promise<{ database: string; schema: string }> {
  const { rows } = await sql<{ database: string; schema: string }>`select current_database()::text as database,
    current_schema()::text as schema`.execute(reader)
  return rows[0]!
}

async function viewsOf(reader: Reader): Promise<readonly string[]> {
  const { rows } = await sql<{ view: string }>`select relname::text as view from pg_class where relkind = 'v'
    and relname like 'bi\\_%' and relnamespace = current_schema()::regnamespace order by 1`.execute(reader)
  if (rows.length === 0) throw new Error('The database has no BI views yet: run `scoreline migrate` first.')
  return rows.map(({ view }) => view)
}
