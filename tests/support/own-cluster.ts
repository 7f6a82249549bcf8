/**
 * A cluster of three real brokers for a single test, soak campaign or benchmark: replication factor 3, two in-sync
 * replicas. A single node costs a third, for tests that need the security of a cluster and not its replicas.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomClusterId, startBroker, type Broker } from '../../deploy/broker.ts'
import type { BrokerSetting } from '../../deploy/broker-properties.ts'
import { findFreePort, LOOPBACK } from '../../deploy/ports.ts'
import { isRunning, markProcess, waitForEnd } from '../../deploy/processes.ts'
import type { ClientOptions } from '../../kafka/client.ts'
import { createClusterControl, type ClusterControl } from './cluster-control.ts'
import { prepareSecurity, type SecurityFiles } from './cluster-security.ts'
import { waitFor } from './services.ts'
import { makeTemporaryDirectory } from './test-services.ts'

export interface OwnClusterOptions {
  /** Default: three. */
  readonly nodeCount?: 1 | 3
  /** Folder for data and logs of all nodes. Default: a temporary one, removed with the cluster. */
  readonly directory?: string
  /** Heap size of each node, in Java’s notation. */
  readonly heap?: string
  /** TLS, SASL/SCRAM-SHA-512 and ACLs: users other than the administrator have no rights until granted. */
  readonly secure?: boolean
  /** Kafka settings. */
  readonly settings?: Readonly<Record<string, BrokerSetting>>
}

/** Nodes are 1, 2 and 3, or 1 alone; each is both broker and controller. */
export interface OwnCluster extends ClusterControl {
  readonly directory: string
  readonly brokers: readonly string[]
  readonly nodes: readonly number[]
  /** Options for clients, as the administrator if the cluster is secure. */
  readonly client: Pick<ClientOptions, 'brokers' | 'tls' | 'sasl'>
  /** Certificate and users of a secure cluster. */
  readonly security: SecurityFiles | undefined
  isRunning(node: number): boolean
  /** kill -9: nothing is flushed, and clients get no notice. Resolves when the process has ended. */
  kill(node: number): Promise<void>
  /** SIGSTOP: connections stay open and nothing answers. */
  freeze(node: number): void
  thaw(node: number): void
  /** Stops it in good order, which hands over its leaderships first. The data stay. */
  stop(node: number): Promise<void>
  /**
   * Starts it on the same port with the same data, after stopping it in good order if it runs. Resolves when it serves.
   */
  restart(node: number): Promise<void>
  /** Kills it if it runs, and starts it with an empty disk. */
  wipe(node: number): Promise<void>
  /** Ends all nodes at once. */
  end(): Promise<void>
  /** Ends all nodes and removes their data. */
  remove(): Promise<void>
}

/**
 * Fail-over takes a test seconds: with Kafka’s defaults, a silent broker counts as dead after 9 s, and brokers give up
 * on each other or on an unresponsive controller after 30 s.
 */
const SETTINGS = {
  'broker.session.timeout.ms': 6_000,
  'broker.heartbeat.interval.ms': 1_000,
  'controller.socket.timeout.ms': 3_000,
  'request.timeout.ms': 5_000,
}

/** Below the range of ephemeral ports on Linux: a node that is down must find its port free when it returns. */
async function findPorts(count: number, taken: Set<number>): Promise<number[]> {
  const ports: number[] = []
  for (let attempt = 0; attempt < 100 && ports.length < count; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (taken.has(port) || !(await findFreePort(port).catch(() => undefined))) continue
    taken.add(port)
    ports.push(port)
  }
  if (ports.length < count) throw new Error('there are no free ports between 20000 and 32000')
  return ports
}

export async function startOwnCluster(options: OwnClusterOptions = {}): Promise<OwnCluster> {
  const { heap = '256m', secure = false, nodeCount = 3 } = options
  const nodes = Array.from({ length: nodeCount }, (_, index) => index + 1)
  const directory = options.directory ?? makeTemporaryDirectory('own-cluster')
  const taken = new Set<number>()
  const ports = await findPorts(nodeCount, taken)
  const controllerPorts = await findPorts(nodeCount, taken)
  const internalPorts = await findPorts(nodeCount, taken)
  const security = secure ? prepareSecurity(directory) : undefined
  const clusterId = randomClusterId()
  const running = new Map<number, Broker>()

  const directoryOf = (node: number): string => join(directory, `node-${node}`)
  const portOf = (list: readonly number[], node: number): number => list[node - 1]!
  const listeners = { portOf: (node: number) => portOf(ports, node), controllerPorts, internalPorts }
  const start = async (node: number): Promise<void> => {
    const port = portOf(ports, node)
    const settings = { ...SETTINGS, ...security?.settingsOf(node, listeners), ...options.settings }
    const users = security === undefined ? {} : { users: security.users }
    const cluster = { clusterId, nodeId: node, controllerPorts }
    const java = { heap, shortLived: true }
    // A killed process is reported as ended a moment before its threads release the port.
    await waitFor(() => findFreePort(port), { what: `port ${port} of node ${node} to be free` })
    running.set(node, await startBroker({ directory: directoryOf(node), port, ...java, cluster, settings, ...users }))
  }
  const signal = (node: number, name: NodeJS.Signals): void => {
    const mark = markProcess(running.get(node)?.pid ?? -1)
    if (mark !== undefined) process.kill(mark.pid, name)
  }
  const kill = async (node: number): Promise<void> => {
    const mark = markProcess(running.get(node)?.pid ?? -1)
    signal(node, 'SIGKILL')
    if (mark !== undefined && !(await waitForEnd(mark, 10_000)))
      throw new Error(`node ${node} is still there after SIGKILL`)
  }
  // The nodes are in their own process groups, and must not outlive an interrupted test.
  const killAll = (): void => nodes.forEach((node) => signal(node, 'SIGKILL'))
  process.once('exit', killAll)

  const brokers = ports.map((port) => `${LOOPBACK}:${port}`)
  const client = { brokers, ...(security === undefined ? {} : security.clientOf('admin')) }
  const control = createClusterControl(client)
  const end = async (): Promise<void> => {
    await control.close()
    await Promise.all(nodes.map(kill))
    process.off('exit', killAll)
  }
  const remove = async (): Promise<void> => {
    await end()
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    // All at once, since the first ones wait for a quorum.
    await Promise.all(nodes.map(start))
    await control.untilNodes(nodeCount)
  } catch (error) {
    await remove()
    throw error
  }
  return {
    ...control,
    directory,
    brokers,
    nodes,
    client,
    security,
    isRunning(node) {
      const mark = markProcess(running.get(node)!.pid)
      return mark !== undefined && isRunning(mark)
    },
    kill,
    freeze: (node) => signal(node, 'SIGSTOP'),
    thaw: (node) => signal(node, 'SIGCONT'),
    stop: (node) => running.get(node)!.stop(),
    async restart(node) {
      await running.get(node)!.stop()
      await start(node)
    },
    async wipe(node) {
      await kill(node)
      rmSync(directoryOf(node), { recursive: true, force: true, maxRetries: 3 })
      await start(node)
    },
    end,
    remove,
  }
}
