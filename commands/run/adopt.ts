import type { DefineCommand } from '../define-command.ts'
import { adoptDeployment } from '../../composition/deployment.ts'
import { migrateDatabase } from '../../composition/database.ts'

export const defineAdopt: DefineCommand = (command, context) => {
  command.action(async () => {
    const here = context()
    await migrateDatabase(here)
    here.print(`The database now belongs to the deployment ${await adoptDeployment(here)} of these topics.`)
  })
}
