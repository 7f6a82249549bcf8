import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Migrator, sql, type Migration } from 'kysely'
import type { Database } from './database.ts'
import { grantNewViews } from './operations/bi-roles.ts'

/** Each file holds one migration. A released migration is never changed. */
const FOLDER = join(import.meta.dirname, 'migrations')
/** An installed package holds JavaScript. */
const ENDING = extname(import.meta.filename)

/**
 * Migrates the database to the newest schema. One of several concurrent callers migrates and the others wait. BI
 * roles may then read new views too. Returns the names of the applied migrations.
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: readMigrations } })
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
  await grantNewViews(database)
  return results.map(({ migrationName }) => migrationName)
}

/** How the schema of a database differs from the one that this program needs. */
export interface MigrationState {
  /** Migrations that the database lacks. */
  readonly pending: readonly string[]
  /** Migrations of the database that this program does not know, since a newer one has applied them. */
  readonly unknown: readonly string[]
}

/** Compares the migrations of the database with those of this program. Changes nothing. */
export async function migrationState(database: Database): Promise<MigrationState> {
  const known = migrationNames(await readdir(FOLDER))
  const { rows: tables } = await sql<{ exists: boolean }>`
    select to_regclass('kysely_migration') is not null as "exists"`.execute(database)
  if (!tables[0]!.exists) return { pending: known, unknown: [] }
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database)
  const applied = rows.map(({ name }) => name)
  return {
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {}
  for (const name of migrationNames(await readdir(FOLDER))) {
    const { default: migration } = (await import(`./migrations/${name}${ENDING}`)) as { readonly default: Migration }
    migrations[name] = migration
  }
  return migrations
}

/**
 * Returns the names of these files without their extension, by number. Throws if a number is missing or used twice, as
 * after a merge of two branches that each added a migration: databases would have run them in different orders.
 */
export function migrationNames(files: readonly string[]): string[] {
  const sorted = [...files].sort()
  for (const [index, file] of sorted.entries()) {
    const number = /^(\d{4})-[a-z0-9-]+\.[jt]s$/.exec(file)?.[1]
    if (number === undefined) throw new Error(`store/migrations/${file}: name a migration as 0001-what-it-makes.ts.`)
    const before = sorted[index - 1]
    if (before?.startsWith(number) === true)
      throw new Error(`store/migrations/${file} has the number of ${before}: give it the next one.`)
    const expected = String(index + 1).padStart(4, '0')
    if (number !== expected) throw new Error(`store/migrations has ${file}, and no migration ${expected}.`)
  }
  return sorted.map((file) => file.replace(/\.[jt]s$/, ''))
}
