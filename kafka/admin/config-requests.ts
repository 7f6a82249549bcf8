import { describeConfigsV4, incrementalAlterConfigsV1 } from '@platformatic/kafka'
import type { Cluster } from '../cluster/cluster.ts'

const TOPIC_RESOURCE = 2
const SET = 0
/** Source of a setting that was set for the topic itself. */
const OF_TOPIC = 1

/** Returns the current settings of each topic, including inherited ones. */
export async function topicConfigs(
  cluster: Cluster,
  names: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>> {
  return settingsOf(await describe(cluster, names))
}

/** Returns the settings that each topic has of its own, without inherited ones. */
export async function ownTopicConfigs(
  cluster: Cluster,
  names: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>> {
  const described = await describe(cluster, names)
  return settingsOf(
    described.map((topic) => ({
      ...topic,
      configs: topic.configs.filter(({ configSource }) => configSource === OF_TOPIC),
    })),
  )
}

type DescribedTopics = Awaited<ReturnType<typeof describeConfigsV4.api.async>>['results']

async function describe(cluster: Cluster, names: readonly string[]): Promise<DescribedTopics> {
  const resources = names.map((name) => ({ resourceType: TOPIC_RESOURCE, resourceName: name }) as const)
  const answer = await cluster.callAny({ where: `DescribeConfigs of ${names.length} topics` }, (connection) =>
    describeConfigsV4.api.async(connection, resources),
  )
  return answer.results
}

function settingsOf(topics: DescribedTopics): ReadonlyMap<string, ReadonlyMap<string, string | null>> {
  return new Map(
    topics.map(({ resourceName, configs }) => [
      resourceName,
      new Map(configs.map(({ name, value }) => [name, value ?? null])),
    ]),
  )
}

/** Changes these settings of each topic and leaves its other settings unchanged. */
export async function alterConfigs(
  cluster: Cluster,
  changes: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Promise<void> {
  const resources = [...changes].map(
    ([name, configs]) =>
      ({
        resourceType: TOPIC_RESOURCE,
        resourceName: name,
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, configOperation: SET, value }) as const),
      }) as const,
  )
  const where = `IncrementalAlterConfigs of ${[...changes.keys()].join(', ')}`
  await cluster.callAny({ where }, (connection) => incrementalAlterConfigsV1.api.async(connection, resources, false))
}
