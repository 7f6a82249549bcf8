import { describeConfigsV4 } from '@platformatic/kafka'
import type { Cluster } from './cluster.ts'

/** How large a record batch of a topic may become. */
export interface TopicLimits {
  /** Bytes at which to cut a batch of that topic: known at once, better once the topic's own limit is known. */
  batchBytesMax(topic: string): number
  /** What the topic allows, asked for now; `undefined`: unknown. */
  ask(topic: string): Promise<number | undefined>
  /** What the topic allowed when it was asked last. Asks where it never was. */
  allowed(topic: string): Promise<number | undefined>
}

/** Upper bound of a batch, whatever the topic allows: larger ones delay those behind them. */
const BATCH_BYTES_USUAL = 900_000
/** Until the topic's own limit is known: below any usual setting. */
const BATCH_BYTES_AT_FIRST = 64_000
const TOPIC_RESOURCE = 2

/** Reads each topic’s `max.message.bytes`. Without permission, the brokers’ default of 1 MB is assumed. */
export function createTopicLimits(cluster: Cluster): TopicLimits {
  const asked = new Map<string, Promise<number | undefined>>()
  const known = new Map<string, number>()

  async function request(topic: string): Promise<number | undefined> {
    const { leaders } = await cluster.topic(topic)
    const node = leaders.find(({ nodeId }) => nodeId >= 0)?.nodeId
    if (node === undefined) throw new Error(`${topic} has no leader`)
    const call = { channel: 'metadata', where: `DescribeConfigs of ${topic}` }
    const answer = await cluster.call(node, call, (connection) =>
      describeConfigsV4.api.async(connection, [
        { resourceType: TOPIC_RESOURCE, resourceName: topic, configurationKeys: ['max.message.bytes'] },
      ]),
    )
    const limit = Number(answer.results[0]?.configs.find(({ name }) => name === 'max.message.bytes')?.value)
    return limit > 0 ? limit : undefined
  }

  function ask(topic: string): Promise<number | undefined> {
    const limit = request(topic).catch(() => undefined)
    asked.set(topic, limit)
    void limit.then((bytes) => known.set(topic, Math.min(BATCH_BYTES_USUAL, bytes ?? BATCH_BYTES_USUAL)))
    return limit
  }

  const allowed = (topic: string): Promise<number | undefined> => asked.get(topic) ?? ask(topic)

  return {
    ask,
    allowed,
    batchBytesMax(topic) {
      const limit = known.get(topic)
      if (limit !== undefined) return limit
      void allowed(topic)
      return BATCH_BYTES_AT_FIRST
    },
  }
}
