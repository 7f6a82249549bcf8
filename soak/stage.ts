import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CommandContext } from '../composition/context.ts'
import { ensureTopics } from '../composition/kafka.ts'
import { migrateDatabase } from '../composition/database.ts'
import { readConfig } from '../config.ts'
import { findFreePort } from '../deploy/ports.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { startTcpProxy, type TcpProxy } from '../tests/kafka/tcp-proxy.ts'
import { startOwnCluster, type OwnCluster } from '../tests/support/own-cluster.ts'
import type { PlatformPart } from './orders.ts'
import { startMember, type Member } from './processes.ts'
import { startOwnBroker, startOwnDatabase, type Server } from './server.ts'
import type { Moments } from './stalls/moments.ts'

/** A single broker, or three with a replication factor of three. */
export type BrokerCount = 1 | 3

/** One broker behind a proxy, or three; a database; and the means to start the platform's processes against them. */
export interface Stage {
  readonly directory: string
  /** The only broker, in a campaign on one. */
  readonly broker: Server | undefined
  /** Proxy between the processors and the only broker. The sink, the API and the load connect directly. */
  readonly proxy: TcpProxy | undefined
  /** Three brokers with a replication factor of three, TLS, SASL/SCRAM and ACLs. */
  readonly cluster: OwnCluster | undefined
  readonly database: Server
  /** Command context of the campaign itself, which keeps its permissions. */
  readonly context: CommandContext
  /** Environment of the platform's processes. */
  readonly environment: Readonly<Record<string, string>>
  /** Overrides for the campaign's own processes. */
  readonly ownEnvironment: Readonly<Record<string, string>>
  /** Connection pool of the checks. */
  readonly pool: Database
  /** Returns the directory of a process's local state and log. */
  directoryOf(name: string): string
  startProcess(part: PlatformPart, name: string, committed: Moments, directory?: string): Member
  /** With `keep`, the folder with all logs is left in place. */
  close(options?: { readonly keep?: boolean }): Promise<void>
}

const COMPILED = fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url))
const SETTINGS = {
  TOPIC_PARTITIONS: '4',
  SESSION_TIMEOUT_MS: '6000',
  // Several checkpoints per round, so that faults hit some.
  CHECKPOINT_INTERVAL_MS: '1000',
  CLOCK_INTERVAL_MS: '1000',
  COMMIT_INTERVAL_MS: '200',
}
/** Time-out of a request, such as one dropped by the proxy. */
const REQUEST_TIMEOUT_MS = 8_000

export interface StageOptions {
  readonly brokers?: BrokerCount
  /** Overrides of the platform's settings. */
  readonly settings?: Readonly<Record<string, string>>
  /** Names of the processors to run; default: all. */
  readonly only?: readonly string[]
}

export async function openStage({ brokers = 1, settings, only }: StageOptions = {}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'scoreline-soak-'))
  // PostgreSQL may run as another user.
  chmodSync(directory, 0o711)
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', remove)
  const [kafka, database] = await Promise.all([
    brokers === 1 ? openOneBroker(directory) : openThreeBrokers(directory),
    startOwnDatabase(join(directory, 'postgres')),
  ])
  const environment = {
    ...SETTINGS,
    ...settings,
    ...kafka.environment,
    API_PORT: String(await findFreePort()),
    DATABASE_URL: database.address,
    DATA_DIRECTORY: join(directory, 'platform'),
  }
  const context: CommandContext = {
    config: readConfig({ ...environment, ...kafka.ownEnvironment }),
    log: () => {},
    print: () => {},
    stopped: new AbortController().signal,
    fail: (error) => {
      throw error
    },
  }
  await Promise.all([ensureTopics(context), migrateDatabase(context)])
  const pool = openDatabase({ url: database.address, poolMax: 2 })
  const directoryOf = (name: string) => join(directory, 'platform', name)
  mkdirSync(join(directory, 'platform'), { mode: 0o700 })
  return {
    directory,
    ...kafka,
    database,
    context,
    environment,
    pool,
    directoryOf,
    startProcess: (part, name, committed, at = directoryOf(name)) =>
      startMember({
        name,
        directory: at,
        committed,
        // Processes are restarted often with the same code, so they share a compile cache.
        environment: { ...environment, NODE_COMPILE_CACHE: COMPILED },
        settings: {
          part,
          requestTimeoutMs: REQUEST_TIMEOUT_MS,
          ...(only === undefined ? {} : { only }),
          ...(part === 'processors' && kafka.proxy !== undefined ? { proxy: kafka.proxy.resolveBroker('', 0) } : {}),
        },
      }),
    async close({ keep = false } = {}) {
      await pool.destroy()
      await kafka.proxy?.close()
      await Promise.all([database.stop(), kafka.broker?.stop(), keep ? kafka.cluster?.end() : kafka.cluster?.remove()])
      process.off('exit', remove)
      if (!keep) remove()
    },
  }
}

interface Kafka extends Pick<Stage, 'broker' | 'proxy' | 'cluster'> {
  /** Environment by which the platform connects to it. */
  readonly environment: Readonly<Record<string, string>>
  /** Overrides for the campaign itself. */
  readonly ownEnvironment: Readonly<Record<string, string>>
}

async function openOneBroker(directory: string): Promise<Kafka> {
  const broker = await startOwnBroker(join(directory, 'broker'))
  const proxy = await startTcpProxy(broker.address, { remember: false })
  return { broker, proxy, cluster: undefined, environment: { KAFKA_BROKERS: broker.address }, ownEnvironment: {} }
}

async function openThreeBrokers(directory: string): Promise<Kafka> {
  const cluster = await startOwnCluster({ directory: join(directory, 'brokers'), secure: true })
  const { certificateFile, users } = cluster.security!
  await cluster.allow('platform')
  const of = (user: keyof typeof users) => ({ KAFKA_SASL_USERNAME: user, KAFKA_SASL_PASSWORD: users[user] })
  return {
    broker: undefined,
    proxy: undefined,
    cluster,
    environment: {
      KAFKA_BROKERS: cluster.brokers.join(','),
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA_FILE: certificateFile,
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      TOPIC_REPLICATION: '3',
      // Longer than a coordinator is unavailable.
      SESSION_TIMEOUT_MS: '15000',
      ...of('platform'),
    },
    ownEnvironment: of('admin'),
  }
}
