import { sql, type Generated, type Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

declare module '../tables.ts' {
  interface Tables {
    deployment: { readonly onlyOne: Generated<boolean>; readonly id: string }
  }
}

/** Returns the deployment that this database belongs to; `undefined` if none has claimed it. */
export async function deploymentOf(database: Kysely<Tables>): Promise<string | undefined> {
  return (await database.selectFrom('deployment').select('id').executeTakeFirst())?.id
}

/** Calls `use` with a connection that holds the database's lock on its deployment. Others wait for it. */
export function withDeploymentLock(database: Database, use: (locked: Kysely<Tables>) => Promise<void>): Promise<void> {
  return database.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtext('deployment'))`.execute(connection)
    try {
      await use(connection)
    } finally {
      await sql`select pg_advisory_unlock(hashtext('deployment'))`.execute(connection)
    }
  })
}

/** Assigns the database to this deployment unless it has one. Returns the resulting deployment. */
export async function claimDeployment(database: Kysely<Tables>, id: string): Promise<string> {
  await database
    .insertInto('deployment')
    .values({ id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await deploymentOf(database))!
}

export async function moveDeployment(database: Database, id: string): Promise<void> {
  await database
    .insertInto('deployment')
    .values({ id })
    .onConflict((conflict) => conflict.column('onlyOne').doUpdateSet({ id }))
    .execute()
}
