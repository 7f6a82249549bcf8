import type { KafkaClient } from '../../kafka/client.ts'
import { readToEnd } from './read-to-end.ts'

/** The values of all committed records of a partition, in order, up to its end now. */
export async function readCommitted(client: KafkaClient, topic: string, partition = 0): Promise<readonly string[]> {
  return (await readToEnd(client, topic, { partition })).values
}
