import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient, TopicDescription } from '../../kafka/client.ts'

const APPEARING_MS_MAX = 5_000
const LOOK_MS = 100

/**
 * Describes topics. A topic that was just created may not be known to every broker yet, so missing ones are asked for
 * again for up to five seconds.
 */
export async function describeNewTopics(
  client: Pick<KafkaClient, 'describeTopics'>,
  names: readonly string[],
): Promise<readonly TopicDescription[]> {
  const until = performance.now() + APPEARING_MS_MAX
  for (;;) {
    const described = await client.describeTopics(names)
    if (described.length === names.length || performance.now() >= until) return described
    await delay(LOOK_MS)
  }
}
