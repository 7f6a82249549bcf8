import { migrateDatabase } from '../../composition/database.ts'
import type { DefineCommand } from '../define-command.ts'

export const defineMigrate: DefineCommand = (command, context) => {
  command.action(() => migrateDatabase(context()))
}
