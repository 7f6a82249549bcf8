import { migrateDatabase } from '../../composition/database.ts'
import type { DefineCommand } from '../define-command.ts'

export const defineMigrate: DefineCommand = (program, context) => {
  program
    .command('migrate')
    .description('migrate the database to the newest schema')
    .action(() => migrateDatabase(context()))
}
