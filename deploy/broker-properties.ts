/**
 * The settings of the local brokers: each node is broker and controller at once (KRaft), on the loopback interface
 * only. Everything is replicated to as many nodes as there are, up to three; internal topics get few partitions;
 * everything else is Kafka's default.
 */
import { LOOPBACK } from './ports.ts'

/** A visit's text may be long, and a message of 5 MB must get through, so that the platform itself can reject it. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024
const COPIES_MAX = 3

export type BrokerSetting = string | number | boolean

export type NodeSettings = {
  dataDirectory: string
  port: number
  /** Counted from 1. */
  nodeId: number
  /** Controller ports of all nodes, in order of node id. */
  controllerPorts: readonly number[]
  /** Kafka settings that override those below. */
  settings?: Readonly<Record<string, BrokerSetting>>
}

export const brokerProperties = ({
  dataDirectory,
  port,
  nodeId,
  controllerPorts,
  settings = {},
}: NodeSettings): string => {
  const replicationFactor = Math.min(COPIES_MAX, controllerPorts.length)
  // With one replica fewer than there are, a node can be down.
  const minInSyncReplicas = Math.max(1, replicationFactor - 1)
  const isAlone = controllerPorts.length === 1
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': nodeId,
    'controller.quorum.voters': controllerPorts.map((voter, index) => `${index + 1}@${LOOPBACK}:${voter}`).join(','),
    listeners: `PLAINTEXT://${LOOPBACK}:${port},CONTROLLER://${LOOPBACK}:${controllerPorts[nodeId - 1]}`,
    'advertised.listeners': `PLAINTEXT://${LOOPBACK}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataDirectory,
    'auto.create.topics.enable': false,
    'num.partitions': 4,
    'message.max.bytes': MESSAGE_BYTES_MAX,
    'default.replication.factor': replicationFactor,
    'min.insync.replicas': minInSyncReplicas,
    'offsets.topic.replication.factor': replicationFactor,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': replicationFactor,
    'transaction.state.log.min.isr': minInSyncReplicas,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': replicationFactor,
    'share.coordinator.state.topic.min.isr': minInSyncReplicas,
    'share.coordinator.state.topic.num.partitions': 1,
    // No other broker could take over, so a machine that is busy for some seconds must not lose the leaders of its
    // partitions. A longer time-out would be harmful: until it expires, a killed broker counts as alive, and its
    // successor is rejected.
    ...(isAlone ? { 'broker.session.timeout.ms': 15_000 } : {}),
    // The first member of a group need not wait for others, which join by a rebalance.
    'group.initial.rebalance.delay.ms': 0,
    // A transaction left open by a killed process blocks readers for its time-out and hardly longer.
    'transaction.abort.timed.out.transaction.cleanup.interval.ms': 2_000,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.threads': 1,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
    ...settings,
  })
    .map(([name, value]) => `${name}=${escaped(String(value))}\n`)
    .join('')
}

/**
 * Escapes a value as java.util.Properties reads it: backslashes and leading spaces by a backslash, everything outside
 * ASCII by its UTF-16 code units, since the file is read as Latin-1.
 */
const escaped = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replace(/^\s/, '\\$&')
    .replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
