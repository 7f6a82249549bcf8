/**
 * Runs a real PostgreSQL on a machine that has none: the server's programs come from npm, its data stays in a
 * directory. It listens on the loopback interface only, requires a password, and runs in its own process group, so that
 * a Ctrl-C reaches the platform first and the database last.
 */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort, LOOPBACK, requireFreePort } from './ports.ts'
import { findPostgresKit, makeRunnable, type PostgresKit } from './postgres-kit.ts'
import { isRunning, markProcess, sendSignal, stopProcess, type ProcessMark } from './processes.ts'
import { findOrphan, removeRecord, writeRecord } from './server-record.ts'
import { findLauncher, findServerOwner, type Launcher, type Owner } from './unprivileged.ts'

export type DatabaseOptions = {
  /** Directory of the data, the password and the log; created if missing. */
  directory: string
  /** Default: any free port. */
  port?: number
  /** Trades durability for speed (no fsync); for disposable data. Default false. */
  throwAway?: boolean
  /** Called with one line for each step that takes a while. */
  log?: (line: string) => void
  /** Aborts the start: the server is stopped, or killed after `INTERRUPTED_MS_MAX`. */
  signal?: AbortSignal | undefined
}

export type Database = {
  url: string
  pid: number
  /** Stops the server, and kills it after this time; nothing is lost, but the next start takes longer. Default 8 s. */
  stop: (timeoutMs?: number) => Promise<void>
  /** Requests a stop without waiting, for a process that is about to exit. */
  abandon: () => void
}

const NAME = 'scoreline'
const START_MS_MAX = 60_000
const STOP_MS_MAX = 8_000
/** A server that is still starting has nothing to finish. */
const INTERRUPTED_MS_MAX = 1_500
/** "Fast shutdown": ends the sessions and writes the log. SIGTERM would wait for every client to disconnect. */
const STOP_SIGNAL = 'SIGINT'

type Place = { directory: string; data: string; passwordPath: string; logPath: string }
type Runner = { kit: PostgresKit; launcher: Launcher; place: Place }

/**
 * Environment of the server. The caller's is not passed on: it may hold secrets, and PG… variables would take effect.
 */
const ENVIRONMENT = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

const runToEnd = ({ launcher, place }: Runner, program: string, programArguments: string[], input = ''): void => {
  const [command, ...rest] = [...launcher.prefix, program, ...programArguments]
  const { status, stdout, stderr, error } = spawnSync(command!, rest, {
    ...launcher.identity,
    cwd: place.directory,
    env: ENVIRONMENT,
    input,
    encoding: 'utf8',
  })
  if (error !== undefined || status !== 0)
    throw new Error(`${program} failed (${error?.message ?? `exit ${status}`}): ${stderr}${stdout}`)
}

/**
 * Creates the cluster and its one database under another name and renames it last, so that an interrupted start is
 * repeated.
 */
const createCluster = (runner: Runner, throwAway: boolean): void => {
  const { kit, place } = runner
  const unfinished = `${place.data}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  // C.UTF-8 is built into PostgreSQL: text of any language sorts alike on every machine, whatever locales it has.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${NAME}`, '--auth=scram-sha-256', `--pwfile=${place.passwordPath}`]
  runToEnd(runner, kit.initdb, ['-D', unfinished, ...locale, ...access, ...(throwAway ? ['--no-sync'] : [])])
  runToEnd(runner, kit.postgres, ['--single', '-D', unfinished, 'postgres'], `CREATE DATABASE ${NAME};\n`)
  renameSync(unfinished, place.data)
}

const serverArguments = (place: Place, port: number, throwAway: boolean): string[] => {
  const settings = {
    listen_addresses: LOOPBACK,
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  return ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

const launch = async ({ kit, launcher, place }: Runner, port: number, throwAway: boolean): Promise<ProcessMark> => {
  const logFile = openSync(place.logPath, 'w')
  try {
    const [command, ...rest] = [...launcher.prefix, kit.postgres, ...serverArguments(place, port, throwAway)]
    const stdio: ['ignore', number, number] = ['ignore', logFile, logFile]
    const child = spawn(command!, rest, {
      ...launcher.identity,
      cwd: place.directory,
      env: ENVIRONMENT,
      detached: true,
      stdio,
    })
    await new Promise<void>((done, failed) => child.once('spawn', done).once('error', failed))
    child.unref()
    return markProcess(child.pid!) ?? { pid: child.pid!, began: 'ended' }
  } finally {
    closeSync(logFile)
  }
}

/** Whether the server accepts connections, according to the eighth line of its own pid file. */
const isReady = (place: Place, pid: number): boolean => {
  try {
    const lines = readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

const waitForStart = async (server: ProcessMark, place: Place, signal?: AbortSignal): Promise<void> => {
  const deadline = performance.now() + START_MS_MAX
  while (!isReady(place, server.pid)) {
    signal?.throwIfAborted()
    const logged = (): string => readFileSync(place.logPath, 'utf8').split('\n').slice(-20).join('\n')
    if (!isRunning(server))
      throw new Error(`PostgreSQL ended while it started (its log is ${place.logPath}):\n${logged()}`)
    if (performance.now() > deadline)
      throw new Error(`PostgreSQL did not start within ${START_MS_MAX / 1000} s:\n${logged()}`)
    await sleep(20)
  }
}

/** Finds a server by the pid file that it writes itself: its starter may have been killed before it recorded it. */
const findByPidFile = (place: Place): ProcessMark | undefined => {
  try {
    const [pid, data] = readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n')
    const commandLine = readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8')
    return data === place.data && commandLine.includes(place.data) ? markProcess(Number(pid)) : undefined
  } catch {
    return undefined
  }
}

const stopOrphan = async (place: Place, log: (line: string) => void): Promise<void> => {
  const left = findOrphan(place.directory, 'PostgreSQL')?.server ?? findByPidFile(place)
  if (left === undefined) return
  log('stopping a PostgreSQL that an earlier start has left running')
  await stopProcess(left, STOP_SIGNAL, STOP_MS_MAX)
}

const readOrMakePassword = (place: Place, owner: Owner | undefined): string => {
  if (!existsSync(place.passwordPath))
    writeFileSync(place.passwordPath, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (owner !== undefined) chownSync(place.passwordPath, owner.uid, owner.gid)
  return readFileSync(place.passwordPath, 'utf8').trim()
}

/**
 * Starts the server and returns once it accepts connections. On first use, creates the cluster and the database
 * `scoreline`. Throws if the port is taken (naming DATABASE_PORT), the directory is in use, no user can run it, or
 * `signal` aborted the start.
 */
export const startDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const { throwAway = false, log = () => {} } = options
  const directory = resolve(options.directory)
  const place: Place = {
    directory,
    data: join(directory, 'data'),
    passwordPath: join(directory, 'password'),
    logPath: join(directory, 'postgres.log'),
  }
  const owner = findServerOwner()
  const kit = makeRunnable(await findPostgresKit(), owner, log)
  mkdirSync(dirname(directory), { recursive: true })
  if (!existsSync(directory)) mkdirSync(directory, { mode: 0o700 })
  if (owner !== undefined) chownSync(directory, owner.uid, owner.gid)
  await stopOrphan(place, log)

  const port = options.port ?? (await findFreePort())
  await requireFreePort(port, 'PostgreSQL', 'DATABASE_PORT')
  const runner: Runner = { kit, launcher: findLauncher(owner, directory), place }
  const password = readOrMakePassword(place, owner)
  if (!existsSync(place.data)) createCluster(runner, throwAway)

  options.signal?.throwIfAborted()
  const server = await launch(runner, port, throwAway)
  writeRecord(directory, server, port)
  const stop = async (timeoutMs = STOP_MS_MAX): Promise<void> => {
    await stopProcess(server, STOP_SIGNAL, timeoutMs)
    removeRecord(directory)
  }
  try {
    await waitForStart(server, place, options.signal)
  } catch (error) {
    await stop(options.signal?.aborted ? INTERRUPTED_MS_MAX : undefined)
    throw error
  }
  return {
    url: `postgres://${NAME}:${password}@${LOOPBACK}:${port}/${NAME}`,
    pid: server.pid,
    stop,
    abandon: () => sendSignal(server, STOP_SIGNAL),
  }
}
