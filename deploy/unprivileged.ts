/**
 * PostgreSQL refuses to run as root, the default user of a container. Started by root, it runs as the system user
 * `postgres`, which is created if missing; started by any other user, it runs as that user.
 */
import { execFileSync, spawnSync } from 'node:child_process'

/** The user as which the server runs if root starts it. */
export type Owner = { uid: number; gid: number }

/** How to launch a program: a command prefix, and the identity to run it as. */
export type Launcher = { prefix: string[]; identity: { uid?: number; gid?: number } }

const USER = 'postgres'

const readId = (flag: '-u' | '-g'): number | undefined => {
  const { status, stdout } = spawnSync('id', [flag, USER], { encoding: 'utf8' })
  return status === 0 ? Number.parseInt(stdout, 10) : undefined
}

const findOrCreateUser = (): Owner => {
  if (readId('-u') === undefined) {
    try {
      const flags = [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
      ]
      execFileSync('useradd', [...flags, USER], { stdio: 'pipe' })
    } catch (error) {
      throw new Error(
        `PostgreSQL cannot run as root, and a user for it could not be made: start as another user, or set DATABASE_URL`,
        { cause: error },
      )
    }
  }
  return { uid: readId('-u')!, gid: readId('-g')! }
}

const canEnter = ({ prefix, identity }: Launcher, directory: string): boolean => {
  // The unprivileged process itself enters the directory, so that the check sees what the server will see.
  const [command, ...rest] = [...prefix, '/bin/sh', '-c', 'cd "$1"', 'sh', directory]
  return spawnSync(command!, rest, { ...identity, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Whether the owner may run a program from its folder without any capability. */
export const canRun = (owner: Owner, program: string): boolean =>
  spawnSync(program, ['--version'], { ...owner, cwd: '/', stdio: 'ignore' }).status === 0

/** Runs as the user, but may pass through directories that only root may enter (such as /root on most systems). */
const withCapability = ({ uid, gid }: Owner, capability: string): Launcher => ({
  prefix: [
    ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
    ...[
      `--inh-caps=-all,+${capability}`,
      `--ambient-caps=-all,+${capability}`,
      `--bounding-set=-all,+${capability}`,
      '--',
    ],
  ],
  identity: {},
})

/**
 * Finds a way to run without root's privileges such that `directory`, which must already belong to the owner, can be
 * entered. If a folder above it is closed to the owner, one capability to search and read passes it; permissions of
 * existing folders are not changed.
 */
export const findLauncher = (owner: Owner | undefined, directory: string): Launcher => {
  if (owner === undefined) return { prefix: [], identity: {} }
  const plain: Launcher = { prefix: [], identity: owner }
  // Containers are commonly granted the second capability but not the first, which would suffice.
  const launchers = [plain, withCapability(owner, 'dac_read_search'), withCapability(owner, 'dac_override')]
  const found = launchers.find((launcher) => canEnter(launcher, directory))
  if (found !== undefined) return found
  throw new Error(
    `PostgreSQL cannot run as root, and the user ${USER} may not enter ${directory}: ` +
      'put the data where others may enter (a folder above is closed to them), start as another user, or set DATABASE_URL',
  )
}

/** Returns the required owner of the server's files; undefined if it is the caller. */
export const findServerOwner = (): Owner | undefined => (process.getuid?.() === 0 ? findOrCreateUser() : undefined)
