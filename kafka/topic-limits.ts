import { describeConfigsV4 } from '@platformatic/kafka'
import type { Cluster } from './cluster.ts'

/** How large a record batch of a topic may become. */
export interface TopicLimits {
  /** Bytes at which to cut a batch of that topic: known at once, better once the topic's own limit is known. */
  batchBytesMax(topic: string): number
}

/** What a batch may hold whatever the topic allows: larger ones hold up what travels behind them. */
const batchBytesUsual = 900_000
/** Until the topic's own limit is known: below what anybody sets. */
const batchBytesAtFirst = 64_000
const topicResource = 2

/** Asks each topic's `max.message.bytes` once. Where the right to ask is missing, brokers' default of 1 MB is assumed. */
export function createTopicLimits(cluster: Cluster): TopicLimits {
  const known = new Map<string, number>()

  async function ask(topic: string): Promise<void> {
    const { leaders } = await cluster.topic(topic)
    const node = leaders.find(({ nodeId }) => nodeId >= 0)?.nodeId
    if (node === undefined) throw new Error(`Nobody leads ${topic}`)
    const call = { lane: 'metadata', where: `DescribeConfigs of ${topic}` }
    const answer = await cluster.call(node, call, (connection) =>
      describeConfigsV4.api.async(connection, [
        { resourceType: topicResource, resourceName: topic, configurationKeys: ['max.message.bytes'] },
      ]),
    )
    const limit = Number(answer.results[0]?.configs.find(({ name }) => name === 'max.message.bytes')?.value)
    known.set(topic, limit > 0 ? Math.min(batchBytesUsual, limit) : batchBytesUsual)
  }

  return {
    batchBytesMax(topic) {
      const limit = known.get(topic)
      if (limit !== undefined) return limit
      known.set(topic, batchBytesAtFirst)
      ask(topic).catch(() => known.set(topic, batchBytesUsual))
      return batchBytesAtFirst
    },
  }
}
