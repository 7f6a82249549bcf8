import type { CommandContext } from '../../composition/context.ts'
import { adoptDeployment } from '../../composition/deployment.ts'
import { migrateDatabase } from '../../composition/database.ts'

export async function runAdopt(here: CommandContext): Promise<void> {
  await migrateDatabase(here)
  here.print(`The database now belongs to the deployment ${await adoptDeployment(here)} of these topics.`)
}
