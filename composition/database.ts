import { migrate } from '../store/migrate.ts'
import { openDatabase, type Database } from '../store/database.ts'
import type { CommandContext } from './context.ts'
import { databaseUrlOf } from './services.ts'

export async function migrateDatabase(context: CommandContext): Promise<void> {
  await withDatabase(context, 'migrate', async (database) => {
    const applied = await migrate(database)
    if (applied.length > 0) context.log('info', `The database is migrated: ${applied.join(', ')}`)
  })
}

export async function withDatabase<Result>(
  context: CommandContext,
  part: string,
  use: (database: Database) => Promise<Result>,
  /** Connections that the work needs at the same time. */
  connectionsMin = 1,
): Promise<Result> {
  const poolMax = Math.max(connectionsMin, context.config.DATABASE_CONNECTIONS_MAX)
  const database = openDatabase({ url: databaseUrlOf(context.config), poolMax, applicationName: `scoreline-${part}` })
  try {
    return await use(database)
  } finally {
    await database.destroy()
  }
}
