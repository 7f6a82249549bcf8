/** Faults of one of three brokers, and of replication. */
import { setTimeout as delay } from 'node:timers/promises'
import { namingOf } from '../../composition/kafka.ts'
import { customerFeaturesProcessor } from '../../processors/customers/customer-features.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { customerFeatures } from '../../schemas/customers/customer-features.ts'
import { pick, random, uniformInteger, type Random } from '../../simulator/random.ts'
import type { OwnCluster } from '../../tests/support/own-cluster.ts'
import { fault, type FaultTarget } from '../fault.ts'

/** Roles by which the target node is chosen. */
const roles = {
  leader: {
    words: 'the leader of an input',
    find: (cluster: OwnCluster, { stage }: FaultTarget) =>
      cluster.leaderOf(namingOf(stage.context.config).topic(transactions), 0),
  },
  controller: { words: 'the active controller', find: (cluster: OwnCluster) => cluster.controller() },
  'group-coordinator': {
    words: 'the coordinator of a group',
    find: (cluster: OwnCluster, { stage }: FaultTarget) =>
      cluster.coordinatorOf('group', namingOf(stage.context.config).group(customerFeaturesProcessor)),
  },
  'transaction-coordinator': {
    words: 'the coordinator of a transactional id',
    find: (cluster: OwnCluster, { stage }: FaultTarget) =>
      cluster.coordinatorOf(
        'transaction',
        namingOf(stage.context.config).transactionalId(customerFeaturesProcessor, 0),
      ),
  },
} as const

type Role = keyof typeof roles
const roleNames = Object.keys(roles) as Role[]

/** Waits until the cluster is complete and in sync, so that another fault may follow. */
async function untilWhole(cluster: OwnCluster): Promise<void> {
  await cluster.untilNodes(cluster.nodes.length)
  await cluster.untilInSync()
}

export const killedBrokers = roleNames.map((role) =>
  fault<{ readonly downMs: number }>({
    name: `kill-${role}`,
    purpose: `kill -9 of ${roles[role].words} among three brokers, and its start with the same data`,
    brokers: 3,
    plan: (next) => ({ downMs: uniformInteger(next, 2_000, 15_000) }),
    async inject(scene, { downMs }) {
      const cluster = clusterOf(scene)
      const node = await roles[role].find(cluster, scene)
      await cluster.kill(node)
      await delay(downMs)
      await cluster.restart(node)
      await untilWhole(cluster)
      return `kill -9 of node ${node}, ${roles[role].words}, started again after ${downMs} ms`
    },
  }),
)

export const frozenBrokers = roleNames.map((role) =>
  fault<{ readonly frozenMs: number }>({
    name: `freeze-${role}`,
    purpose: `SIGSTOP of ${roles[role].words} for longer than the others wait for it, then SIGCONT`,
    brokers: 3,
    plan: (next) => ({ frozenMs: uniformInteger(next, 8_000, 20_000) }),
    async inject(scene, { frozenMs }) {
      const cluster = clusterOf(scene)
      const node = await roles[role].find(cluster, scene)
      cluster.freeze(node)
      await delay(frozenMs)
      cluster.thaw(node)
      await untilWhole(cluster)
      return `SIGSTOP of node ${node}, ${roles[role].words}, SIGCONT after ${frozenMs} ms`
    },
  }),
)

export const rollingRestart = fault<{ readonly pauseMs: number }>({
  name: 'rolling-restart',
  purpose: 'every broker is stopped in good order and started again, one after the other, as an upgrade does',
  brokers: 3,
  plan: (next) => ({ pauseMs: uniformInteger(next, 0, 2_000) }),
  async inject(scene, { pauseMs }) {
    const cluster = clusterOf(scene)
    for (const node of cluster.nodes) {
      await cluster.restart(node)
      await untilWhole(cluster)
      await delay(pauseMs)
    }
    return `nodes ${cluster.nodes.join(', ')} restarted one after the other, ${pauseMs} ms between them`
  },
})

export const emptyDisk = fault<{ readonly node: number }>({
  name: 'empty-disk',
  purpose: 'a broker is killed and comes back with an empty disk',
  brokers: 3,
  plan: (next) => ({ node: uniformInteger(next, 1, 3) }),
  async inject(scene, { node }) {
    const cluster = clusterOf(scene)
    await cluster.wipe(node)
    await untilWhole(cluster)
    return `kill -9 of node ${node}, its return with an empty disk`
  },
})

export const reassignment = fault<{ readonly seed: number; readonly moves: number }>({
  name: 'reassign',
  purpose:
    'copies of partitions move to other brokers and leaders change under load: reassignments and preferred elections',
  brokers: 3,
  plan: (next) => ({ seed: uniformInteger(next, 1, 1e9), moves: uniformInteger(next, 6, 12) }),
  async inject(scene, { seed, moves }) {
    const cluster = clusterOf(scene)
    const naming = namingOf(scene.stage.context.config)
    const topics = [
      naming.topic(transactions),
      naming.topic(customerFeatures),
      naming.changelog(customerFeaturesProcessor),
    ]
    const next = random('reassign', seed)
    for (let move = 0; move < moves; move++) {
      const topic = pick(next, topics)
      const partition = uniformInteger(next, 0, scene.stage.context.config.TOPIC_PARTITIONS - 1)
      const all = mixed(next, cluster.nodes)
      // First drops a replica, then adds it again at another place in the order, so that data moves and not only
      // leadership.
      for (const replicas of [all.slice(0, 2), all]) {
        await cluster.reassign(topic, partition, replicas)
        await cluster.untilReassigned(topic, partition, replicas)
      }
      await cluster.electPreferred()
      await delay(uniformInteger(next, 0, 300))
    }
    return `${moves} times a partition's copies moved and changed their order, each followed by an election of the preferred leaders`
  },
})

export const takenRights = fault<{ readonly forMs: number }>({
  name: 'rights',
  purpose:
    'the ACLs of the platform’s user are taken away and given back: TLS and SASL/SCRAM with rights as they are in a company',
  brokers: 3,
  plan: (next) => ({ forMs: uniformInteger(next, 500, 6_000) }),
  async inject(scene, { forMs }) {
    const cluster = clusterOf(scene)
    await cluster.disallow('platform')
    await delay(forMs)
    await cluster.allow('platform')
    return `all ACLs of the platform's user taken away for ${forMs} ms`
  },
})

function clusterOf({ stage }: FaultTarget): OwnCluster {
  if (stage.cluster === undefined) throw new Error('this fault needs three brokers')
  return stage.cluster
}

function mixed(next: Random, nodes: readonly number[]): number[] {
  const rest = [...nodes]
  const order: number[] = []
  while (rest.length > 0) order.push(...rest.splice(uniformInteger(next, 0, rest.length - 1), 1))
  return order
}
