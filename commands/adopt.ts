import type { DefineCommand } from './context.ts'
import { adoptDeployment } from './deployment.ts'
import { migrateDatabase } from './migrate.ts'

export const defineAdopt: DefineCommand = (program, context) => {
  program
    .command('adopt')
    .description(
      'make this database the one of these topics, after a database or a Kafka was replaced; the former one must be stopped for good',
    )
    .action(async () => {
      const here = context()
      await migrateDatabase(here)
      here.print(`The database belongs to the deployment ${await adoptDeployment(here)} of these topics now.`)
    })
}
