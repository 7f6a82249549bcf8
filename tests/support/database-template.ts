/**
 * A database with every migration, for tests to copy: copying takes a tenth of the time of migrating a new one, and
 * most tests of the store and the API need a migrated one.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase } from '../../store/database.ts'
import { migrate } from '../../store/migrate.ts'

const execute = async (server: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Creates the template on that server; it accepts no connections, since it could not be copied meanwhile. */
export const makeDatabaseTemplate = async (server: string): Promise<{ name: string; drop: () => Promise<void> }> => {
  const name = `migrated-${randomBytes(6).toString('hex')}`
  const drop = () => execute(server, `DROP DATABASE IF EXISTS "${name}"`)
  await execute(server, `CREATE DATABASE "${name}" TEMPLATE template0`)
  try {
    const url = new URL(server)
    url.pathname = `/${name}`
    const database = openDatabase({ url: url.href, poolMax: 1 })
    await migrate(database).finally(() => database.destroy())
    return { name, drop }
  } catch (error) {
    await drop()
    throw error
  }
}
