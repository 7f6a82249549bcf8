import type { Operation } from '../../../kafka/admin/authorized-operations.ts'
import { processors } from '../../../subjects/subjects.ts'
import { namingOf, wantedTopics } from '../../kafka.ts'
import { error, listed, ok, warning, type Check, type Finding } from '../check.ts'

/** Something that ACLs protect, and the operations on it that this principal has. */
export interface Resource {
  readonly name: string
  readonly operations: ReadonlySet<Operation>
}

/** Every topic is read and written by some part of the platform; `scoreline topics` reads and changes settings. */
const OF_TOPICS: readonly Operation[] = ['Read', 'Write', 'Describe', 'DescribeConfigs', 'AlterConfigs']
const OF_GROUPS: readonly Operation[] = ['Read', 'Describe']

export const kafkaRights: Check = {
  name: 'kafka rights',
  needs: 'brokers',
  async run({ config, kafka }) {
    const naming = namingOf(config)
    const [cluster, topics, groups] = await Promise.all([
      kafka().cluster(),
      kafka().topics(wantedTopics(config).map(({ name }) => name)),
      kafka().groups(processors.map((processor) => naming.group(processor))),
    ])
    const existing = topics.filter(({ exists }) => exists)
    const missing = [
      ...missingRights('topic', existing, OF_TOPICS),
      ...missingRights(
        'group',
        groups.map(({ id, operations }) => ({ name: id, operations })),
        OF_GROUPS,
      ),
      ...clusterFindings(cluster.operations, existing.length === topics.length),
    ]
    const found = `This principal has its rights on ${existing.length} topics, ${groups.length} groups and the cluster.`
    return missing.length > 0 ? missing : [ok(found)]
  },
}

/** Returns an error for each operation that is missing on some of the resources. */
export function missingRights(
  kind: 'topic' | 'group',
  resources: readonly Resource[],
  wanted: readonly Operation[],
): Finding[] {
  return wanted.flatMap((operation) => {
    const without = resources.filter(({ operations }) => !operations.has(operation)).map(({ name }) => name)
    if (without.length === 0) return []
    const advice = `Allow ${operation} by an ACL: kafka-acls.sh --add --allow-principal User:… --operation ${operation} --${kind} …`
    return [error(`${operation} is missing on ${without.length} ${kind}s: ${listed(without)}.`, advice)]
  })
}

export function clusterFindings(operations: ReadonlySet<Operation>, topicsExist: boolean): Finding[] {
  const findings: Finding[] = []
  if (!operations.has('Create') && !topicsExist)
    findings.push(
      warning(
        'Topics are missing, and Create is missing on the cluster.',
        'Allow Create on the cluster or on the topics, or let an administrator run `scoreline topics`.',
      ),
    )
  if (!operations.has('Alter'))
    findings.push(
      warning(
        'Alter is missing on the cluster: transactions that a crashed broker left open can’t be ended.',
        'Allow Alter on the cluster (docs/kafka-client.md).',
      ),
    )
  return findings
}
