import { describeConfigsV4 } from '@platformatic/kafka'
import type { Cluster } from './cluster.ts'

/** Size limits of a topic's record batches. */
export interface TopicLimits {
  /**
   * Returns the size in bytes at which to cut a batch of the topic. Answers immediately, with a cautious guess until
   * the topic's own limit is known.
   */
  batchBytesMax(topic: string): number
  /** Asks for the topic's limit now; `undefined` if it is unknown. */
  ask(topic: string): Promise<number | undefined>
  /** Returns the topic's limit as last asked for; asks if it never was. */
  allowed(topic: string): Promise<number | undefined>
}

/** Upper bound of a batch, whatever the topic allows: a larger one delays the batches behind it. */
const BATCH_BYTES_USUAL = 900_000
/** Limit until the topic's own is known: below any usual setting. */
const BATCH_BYTES_AT_FIRST = 64_000
const TOPIC_RESOURCE = 2

/** Reads each topic’s `max.message.bytes`. Assumes the brokers’ default of 1 MB if permission is missing. */
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
