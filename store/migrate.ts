import { Migrator, type Migration } from 'kysely'
import type { Database } from './database.ts'
import { tables } from './migrations/0001-tables.ts'
import { biViews } from './migrations/0002-views.ts'
import { listIndexes } from './migrations/0003-list-indexes.ts'
import { moreBiViews } from './migrations/0004-more-views.ts'
import { recommendations } from './migrations/0005-recommendations.ts'
import { turnTables } from './migrations/0006-turns.ts'
import { interests } from './migrations/0008-interests.ts'
import { potentialCustomers } from './migrations/0007-potential-customers.ts'
import { lineTimes } from './migrations/0009-line-times.ts'
import { lookedAt } from './migrations/0010-looked-at.ts'
import { positions } from './migrations/0011-positions.ts'
import { settings } from './migrations/0012-settings.ts'

/** In order; a migration that was released is never changed. */
const migrations: Record<string, Migration> = {
  '0001-tables': tables,
  '0002-views': biViews,
  '0003-list-indexes': listIndexes,
  '0004-more-views': moreBiViews,
  '0005-recommendations': recommendations,
  '0006-turns': turnTables,
  '0007-potential-customers': potentialCustomers,
  '0008-interests': interests,
  '0009-line-times': lineTimes,
  '0010-looked-at': lookedAt,
  '0011-positions': positions,
  '0012-settings': settings,
}

/**
 * Migrates the database to the newest schema. Of concurrent callers one migrates and the others wait. Returns the
 * names of the applied migrations.
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === 'Error')?.migrationName
    throw new Error(
      `The database could not be migrated${failed === undefined ? '' : ` (${failed})`}: ${String(error)}`,
      {
        cause: error,
      },
    )
  }
  return results.map(({ migrationName }) => migrationName)
}
