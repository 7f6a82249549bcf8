/**
 * Runs a real Apache Kafka on a machine that has none: a KRaft node from Maven's artifacts (`deploy/prepare.js` fetches
 * them), alone or as one of several. It runs in its own process group, so that a Ctrl-C reaches the platform first and
 * the broker last.
 */
import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { answersKafka } from './broker-check.ts'
import { brokerProperties, type BrokerSetting } from './broker-properties.ts'
import { kitFolder } from './kits.js'
import { findFreePort, LOOPBACK, requireFreePort } from './ports.ts'
import { isRunning, markProcess, sendSignal, stopProcess, type ProcessMark } from './processes.ts'
import { findOrphan, removeRecord, writeRecord } from './server-record.ts'

export type BrokerOptions = {
  /** Directory of the data, the log and the settings; created if missing. */
  directory: string
  /** Default: any free port. */
  port?: number
  /** Heap size in Java's notation, default 512m. */
  heap?: string
  /**
   * Whether to limit JIT compilation: the start takes a third of the work, but the node is slower afterwards. For nodes
   * of tests.
   */
  shortLived?: boolean
  /** Place in a cluster of several nodes. Default: a cluster of its own. */
  cluster?: ClusterPlace
  /** Kafka settings that override those in `broker-properties.ts`. */
  settings?: Readonly<Record<string, BrokerSetting>>
  /** SCRAM-SHA-512 credentials with which a new cluster is created: passwords by user name. */
  users?: Readonly<Record<string, string>>
  /** Called with one line for each step that takes a while. */
  log?: (line: string) => void
  /** Aborts the start: the server is stopped, or killed after `INTERRUPTED_MS_MAX`. */
  signal?: AbortSignal | undefined
}

export type ClusterPlace = {
  /** The same for all nodes; made by `randomClusterId`. */
  clusterId: string
  /** Counted from 1. */
  nodeId: number
  /** Controller ports of all nodes, in order of node id. */
  controllerPorts: readonly number[]
}

export type Broker = {
  brokers: string[]
  pid: number
  /** Stops the broker, and kills it after this time; nothing is lost, but the next start takes longer. Default 8 s. */
  stop: (timeoutMs?: number) => Promise<void>
  /** Requests a stop without waiting, for a process that is about to exit. */
  abandon: () => void
}

const KIT = join(import.meta.dirname, 'broker')
const JARS = kitFolder('broker')
/** Exists if tests were prepared (`prepare/class-archive.js`). */
const CLASS_ARCHIVE = join(JARS, 'kafka.jsa')
const START_MS_MAX = 120_000
const STOP_MS_MAX = 8_000
/** A server that is still starting has nothing to finish. */
const INTERRUPTED_MS_MAX = 1_500

const javaArguments = (heap: string, shortLived: boolean): string[] => [
  `-Xmx${heap}`,
  ...(shortLived ? ['-XX:TieredStopAtLevel=1'] : []),
  ...(existsSync(CLASS_ARCHIVE) ? [`-XX:SharedArchiveFile=${CLASS_ARCHIVE}`] : []),
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djava.awt.headless=true',
  `-Dlog4j2.configurationFile=${join(KIT, 'log4j2.properties')}`,
  '-cp',
  join(JARS, '*'),
]

/** Returns a cluster id: a UUID in URL-safe base64. The tool would take one that begins with a dash for an option. */
export const randomClusterId = (): string => {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? randomClusterId() : id
}

const explainMissingJava = (error: unknown): Error =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? new Error('java is not on the PATH: install Java 17 or newer, or set KAFKA_BROKERS to a Kafka that runs already')
    : (error as Error)

const formatStorage = async (
  properties: string,
  heap: string,
  { cluster, users = {}, signal }: BrokerOptions,
): Promise<void> => {
  const clusterId = cluster?.clusterId ?? randomClusterId()
  const known = Object.entries(users).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ])
  const tool = [
    ...javaArguments(heap, true),
    'kafka.tools.StorageTool',
    'format',
    '-t',
    clusterId,
    '-c',
    properties,
    ...known,
  ]
  await promisify(execFile)('java', tool, { signal }).catch((error: unknown) => {
    throw explainMissingJava(error)
  })
}

const launch = async (properties: string, logPath: string, java: readonly string[]): Promise<ProcessMark> => {
  const logFile = openSync(logPath, 'w')
  try {
    const child = spawn('java', [...java, 'kafka.Kafka', properties], {
      detached: true,
      stdio: ['ignore', logFile, logFile],
    })
    await new Promise<void>((done, failed) =>
      child.once('spawn', done).once('error', (error) => failed(explainMissingJava(error))),
    )
    child.unref()
    // A process that has already ended leaves no mark; waiting for its start then reports what it logged.
    return markProcess(child.pid!) ?? { pid: child.pid!, began: 'ended' }
  } finally {
    closeSync(logFile)
  }
}

const waitForStart = async (server: ProcessMark, logPath: string, signal?: AbortSignal): Promise<void> => {
  const deadline = performance.now() + START_MS_MAX
  for (;;) {
    const alive = isRunning(server)
    const logged = readFileSync(logPath, 'utf8')
    if (logged.includes('Kafka Server started')) return
    signal?.throwIfAborted()
    const tail = logged.split('\n').slice(-20).join('\n')
    if (!alive) throw new Error(`the Kafka broker ended while it started (its log is ${logPath}):\n${tail}`)
    if (performance.now() > deadline)
      throw new Error(`the Kafka broker did not start within ${START_MS_MAX / 1000} s (${logPath}):\n${tail}`)
    await sleep(50)
  }
}

const handle = (directory: string, server: ProcessMark, port: number): Broker => ({
  brokers: [`${LOOPBACK}:${port}`],
  pid: server.pid,
  abandon: () => sendSignal(server, 'SIGTERM'),
  stop: async (timeoutMs = STOP_MS_MAX) => {
    await stopProcess(server, 'SIGTERM', timeoutMs)
    removeRecord(directory)
  },
})

/** Adopts a broker left running by a killed process if it still answers on the wanted port; otherwise stops it. */
const adoptOrphan = async (
  directory: string,
  port: number | undefined,
  log: (line: string) => void,
): Promise<Broker | undefined> => {
  const left = findOrphan(directory, 'the Kafka broker')
  if (left === undefined) return undefined
  if ((port === undefined || port === left.port) && (await answersKafka(LOOPBACK, left.port, 5_000))) {
    log(`Kafka still runs from an earlier start, on port ${left.port}`)
    writeRecord(directory, left.server, left.port)
    return handle(directory, left.server, left.port)
  }
  log('stopping a Kafka that an earlier start has left running')
  await stopProcess(left.server, 'SIGTERM', STOP_MS_MAX)
  return undefined
}

/**
 * Starts the broker and returns once it serves. On first use, formats the storage with a new cluster id. Throws if the
 * port is taken (naming BROKER_PORT), Java or the jars are missing, the directory is in use, or `signal` aborted the
 * start.
 */
export const startBroker = async (options: BrokerOptions): Promise<Broker> => {
  const { heap = '512m', log = () => {} } = options
  const directory = resolve(options.directory)
  if (!existsSync(JARS)) throw new Error(`${JARS} is missing: run "node deploy/prepare.js" to fetch the broker`)
  mkdirSync(directory, { recursive: true })
  const adopted = await adoptOrphan(directory, options.port, log)
  if (adopted !== undefined) return adopted

  const port = options.port ?? (await findFreePort())
  await requireFreePort(port, 'the Kafka broker', 'BROKER_PORT')
  const data = join(directory, 'data')
  const properties = join(directory, 'server.properties')
  const logPath = join(directory, 'broker.log')
  const { nodeId, controllerPorts } = options.cluster ?? { nodeId: 1, controllerPorts: [await findFreePort()] }
  const { settings = {} } = options
  writeFileSync(properties, brokerProperties({ dataDirectory: data, port, nodeId, controllerPorts, settings }))
  // The tool writes this file last, so that an interrupted format is repeated.
  if (!existsSync(join(data, 'meta.properties'))) await formatStorage(properties, heap, options)

  options.signal?.throwIfAborted()
  const server = await launch(properties, logPath, javaArguments(heap, options.shortLived ?? false))
  writeRecord(directory, server, port)
  const broker = handle(directory, server, port)
  try {
    await waitForStart(server, logPath, options.signal)
  } catch (error) {
    await broker.stop(options.signal?.aborted ? INTERRUPTED_MS_MAX : undefined)
    throw error
  }
  return broker
}
