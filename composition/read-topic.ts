import type { KafkaClient, RecordBatch } from '../kafka/client.ts'

/** Reads every committed record of a topic up to its current end, partition by partition. */
export async function* readTopic(
  client: KafkaClient,
  topic: string,
): AsyncGenerator<{ readonly batch: RecordBatch; readonly index: number }> {
  const [description] = await client.describeTopics([topic])
  if (description === undefined) throw new Error(`There is no topic ${topic}: create it with \`scoreline topics\`.`)
  const fetcher = client.fetcher()
  try {
    for (let partition = 0; partition < description.partitionCount; partition++) {
      const at = { topic, partition }
      const end = await client.listOffset(at, 'latest_stable')
      await fetcher.assign(at, 'earliest')
      while (fetcher.position(topic, partition) < end) {
        const batch = fetcher.take(topic, partition)
        if (batch === undefined) await fetcher.wait(1_000)
        else for (let index = 0; index < batch.count; index++) yield { batch, index }
      }
      fetcher.unassign(at)
    }
  } finally {
    await fetcher.close()
  }
}
