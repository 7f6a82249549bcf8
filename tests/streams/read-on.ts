import type { KafkaClient } from '../../kafka/client.ts'

/** Records read from a topic, by partition, and where to continue. */
export interface Read<Value> {
  readonly next: readonly number[]
  readonly values: readonly (readonly Value[])[]
}

export const nothingRead = (partitions: number): Read<never> => ({
  next: Array.from({ length: partitions }, () => 0),
  values: Array.from({ length: partitions }, () => []),
})

/** Reads what has been committed since the last call; to wait for records, call it repeatedly. */
export async function readOn<Value>(
  client: KafkaClient,
  topic: string,
  decode: (bytes: Buffer, start: number, end: number) => Value,
  { next, values }: Read<Value>,
): Promise<Read<Value>> {
  const fetcher = client.fetcher()
  try {
    const ends: number[] = []
    const grown = values.map((list) => [...list])
    for (const [partition, from] of next.entries()) {
      const at = { topic, partition }
      const end = await client.listOffset(at, 'latest_stable')
      ends.push(Math.max(end, from))
      if (end <= from) continue
      await fetcher.assign(at, from === 0 ? 'earliest' : from)
      while (fetcher.position(topic, partition) < end) {
        const batch = fetcher.take(topic, partition)
        if (batch === undefined) await fetcher.wait(500)
        for (let index = 0; index < (batch?.count ?? 0); index++) {
          const [start, length] = [batch!.valueStarts[index]!, batch!.valueLengths[index]!]
          if (length >= 0) grown[partition]!.push(decode(batch!.bytes, start, start + length))
        }
      }
    }
    return { next: ends, values: grown }
  } finally {
    await fetcher.close()
  }
}
