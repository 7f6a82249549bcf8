import type { DefineCommand } from '../define-command.ts'
import { adoptDeployment } from '../../composition/deployment.ts'
import { migrateDatabase } from '../../composition/database.ts'

export const defineAdopt: DefineCommand = (program, context) => {
  program
    .command('adopt')
    .description(
      'bind this database to these topics after a database or a Kafka was replaced; the old one must be stopped for good',
    )
    .action(async () => {
      const here = context()
      await migrateDatabase(here)
      here.print(`The database belongs to the deployment ${await adoptDeployment(here)} of these topics now.`)
    })
}
