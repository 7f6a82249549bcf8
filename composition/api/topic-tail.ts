import { TailError, type TailedRecord, type TailRequest } from '../../api/operations/tail-port.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'

/** Bytes that are fetched ahead: a reader that is slow, or gone, costs no more memory. */
const BUFFERED_BYTES_MAX = 1 << 20
const WAIT_MS = 250

/**
 * Reads committed records of a topic as they arrive, without a group and without stored offsets, after up to `last` of
 * the newest ones. Yields `undefined` when nothing has arrived for a moment. Ends when the signal aborts; throws `TailError` if the
 * topic or the partition does not exist.
 */
export async function* tailTopic(
  client: KafkaClient,
  { address, partition: only, last, signal }: TailRequest,
): AsyncGenerator<TailedRecord | undefined> {
  const [described] = await client.describeTopics([address])
  if (described === undefined) throw new TailError(`There is no topic ${address} on the brokers yet.`)
  const all = Array.from({ length: described.partitionCount }, (_, partition) => partition)
  const partitions = only === undefined ? all : all.filter((one) => one === only)
  if (partitions.length === 0)
    throw new TailError(`${address} has no partition ${only}: they are 0 to ${described.partitionCount - 1}.`)
  const fetcher = client.fetcher({ bufferedBytesMax: BUFFERED_BYTES_MAX })
  try {
    for (const partition of partitions) {
      const at = { topic: address, partition }
      const end = await client.listOffset(at, 'latest_stable')
      const earliest = await client.listOffset(at, 'earliest')
      await fetcher.assign(at, Math.max(earliest, end - Math.ceil(last / partitions.length)))
    }
    while (!signal.aborted) {
      for (const partition of partitions)
        for (let batch = fetcher.take(address, partition); batch; batch = fetcher.take(address, partition))
          for (let index = 0; index < batch.count; index++)
            yield {
              ...{ partition, offset: batch.offsets[index]!, writtenAt: batch.timestamps[index]! },
              ...{ key: keyOf(batch, index), value: valueOf(batch, index) },
            }
      yield undefined
      await fetcher.wait(WAIT_MS)
    }
  } finally {
    await fetcher.close()
  }
}
