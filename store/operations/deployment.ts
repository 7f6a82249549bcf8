import type { Generated } from 'kysely'
import type { Database } from '../database.ts'

declare module '../tables.ts' {
  interface Tables {
    deployment: { readonly onlyOne: Generated<boolean>; readonly id: string }
  }
}

/** Returns the deployment that this database belongs to; `undefined` if none has claimed it. */
export async function deploymentOf(database: Database): Promise<string | undefined> {
  return (await database.selectFrom('deployment').select('id').executeTakeFirst())?.id
}

/** Assigns the database to this deployment unless it has one. Returns the resulting deployment. */
export async function claimDeployment(database: Database, id: string): Promise<string> {
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
