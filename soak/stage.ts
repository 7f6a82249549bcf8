import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandContext } from '../commands/context.ts'
import { ensureTopics } from '../commands/kafka.ts'
import { migrateDatabase } from '../commands/migrate.ts'
import { readConfig } from '../config.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { startTcpProxy, type TcpProxy } from '../tests/kafka/tcp-proxy.ts'
import { startMember, type Member } from './processes.ts'
import { startOwnBroker, startOwnDatabase, type Server } from './server.ts'

/** A broker, a database and a proxy of the campaign's own, and whatever is needed to start the platform's processes against them. */
export interface Stage {
  readonly directory: string
  readonly broker: Server
  readonly database: Server
  /** Between the processors and the broker. The sink and the load go straight to it. */
  readonly proxy: TcpProxy
  readonly context: CommandContext
  readonly environment: Readonly<Record<string, string>>
  /** Connections to the database, for checks. */
  readonly pool: Database
  /** Where a process's local state and log lie. */
  directoryOf(name: string): string
  startProcess(part: 'processors' | 'sink', name: string, directory?: string): Member
  /** `keep` leaves the folder, with all logs. */
  close(options?: { readonly keep?: boolean }): Promise<void>
}

const SETTINGS = {
  TOPIC_PARTITIONS: '4',
  SESSION_TIMEOUT_MS: '6000',
  // Several checkpoints in a round, so that faults meet them.
  CHECKPOINT_INTERVAL_MS: '1000',
  CLOCK_INTERVAL_MS: '1000',
  COMMIT_INTERVAL_MS: '200',
}
/** A request that a proxy drops is given up after so long. */
const REQUEST_TIMEOUT_MS = 8_000

export interface StageOptions {
  /** Changes of the platform's settings. */
  readonly settings?: Readonly<Record<string, string>>
  /** The processors that run; all where it is left out. */
  readonly only?: readonly string[]
}

export async function openStage({ settings, only }: StageOptions = {}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'scoreline-soak-'))
  // PostgreSQL may run as another user.
  chmodSync(directory, 0o711)
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', remove)
  const servers = await Promise.all([startOwnBroker(join(directory, 'broker')), startOwnDatabase(join(directory, 'postgres'))])
  const [broker, database] = servers
  const environment = {
    ...SETTINGS,
    ...settings,
    KAFKA_BROKERS: broker.address,
    DATABASE_URL: database.address,
    DATA_DIRECTORY: join(directory, 'platform'),
  }
  const context: CommandContext = {
    config: readConfig(environment),
    log: () => {},
    print: () => {},
    stopped: new AbortController().signal,
    fail: (error) => {
      throw error
    },
  }
  await Promise.all([ensureTopics(context), migrateDatabase(context)])
  const proxy = await startTcpProxy(broker.address, { remember: false })
  const pool = openDatabase({ url: database.address, poolMax: 2 })
  const directoryOf = (name: string) => join(directory, 'platform', name)
  mkdirSync(join(directory, 'platform'), { mode: 0o700 })
  return {
    directory,
    broker,
    database,
    proxy,
    context,
    environment,
    pool,
    directoryOf,
    startProcess: (part, name, at = directoryOf(name)) =>
      startMember({
        name,
        directory: at,
        // Processes are started again and again, each time with the same code.
        environment: { ...environment, NODE_COMPILE_CACHE: join(directory, 'compiled') },
        settings: {
          part,
          requestTimeoutMs: REQUEST_TIMEOUT_MS,
          ...(only === undefined ? {} : { only }),
          ...(part === 'processors' ? { proxy: proxy.resolveBroker('', 0) } : {}),
        },
      }),
    async close({ keep = false } = {}) {
      await pool.destroy()
      await proxy.close()
      await Promise.all(servers.map((server) => server.stop()))
      process.off('exit', remove)
      if (!keep) remove()
    },
  }
}
