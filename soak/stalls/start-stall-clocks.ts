import type { CommandContext } from '../../composition/context.ts'
import { namingOf, withAdmin } from '../../composition/kafka.ts'
import { customerFeaturesProcessor } from '../../processors/customers/customer-features.ts'
import type { OwnCluster } from '../../tests/support/own-cluster.ts'
import { startStallClocks, type StallClocks } from './stall-clocks.ts'

const TOPIC = 'stalls'

/**
 * Starts transactions of both clients across all brokers of the cluster. They share the coordinators of the task that
 * the faults target.
 */
export async function startStallClocksAt(
  cluster: OwnCluster,
  context: CommandContext,
  directory: string,
): Promise<StallClocks> {
  const partitions = cluster.nodes.length
  await withAdmin(context, (admin) =>
    admin.ensureTopics([{ name: TOPIC, partitions, replicationFactor: cluster.nodes.length, minInSyncReplicas: 2 }]),
  )
  const naming = namingOf(context.config)
  return startStallClocks({
    directory,
    client: { ...cluster.client, ...cluster.security?.clientOf('platform') },
    certificateFile: cluster.security?.certificateFile,
    topic: TOPIC,
    partitions,
    transactionalId: naming.transactionalId(customerFeaturesProcessor, 0),
    groupId: naming.group(customerFeaturesProcessor),
  })
}
