/**
 * The settings of the local broker: one node that is broker and controller at once (KRaft), on the loopback interface only.
 * Internal topics get few partitions and one replica, because there is one node; everything else is as Kafka delivers it.
 */
import { LOOPBACK } from './ports.ts'

/** A visit's text may be long, and a 5 MB message must reach the platform to be turned down by it. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024

export const brokerProperties = (dataDirectory: string, port: number, controllerPort: number): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${LOOPBACK}:${controllerPort}`,
    listeners: `PLAINTEXT://${LOOPBACK}:${port},CONTROLLER://${LOOPBACK}:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://${LOOPBACK}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataDirectory,
    'auto.create.topics.enable': false,
    'num.partitions': 4,
    'message.max.bytes': MESSAGE_BYTES_MAX,
    'default.replication.factor': 1,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    // Nobody could take the only broker's place: a machine that is busy for some seconds must not cost its partitions their leader. Nor may it be longer: so
    // long a broker that was killed is taken for alive, and its successor is turned away.
    'broker.session.timeout.ms': 15_000,
    // The first member of a group need not wait for others: they join by a rebalance.
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.threads': 1,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
  })
    // Backslashes and a leading space would be read as escapes of the .properties format.
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('')
