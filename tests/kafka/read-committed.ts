import type { KafkaClient } from '../../kafka/client.ts'
import { readToEnd } from './read-to-end.ts'

/** Returns the values of all committed records of a partition, in order, up to its current end. */
export async function readCommitted(client: KafkaClient, topic: string, partition = 0): Promise<readonly string[]> {
  return (await readToEnd(client, topic, { partition })).values
}
