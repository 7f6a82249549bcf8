import type { KafkaClient, TopicPartition } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'

/** The transaction that a record belongs to. */
export interface Transaction {
  readonly producerId: number
  readonly producerEpoch: number
  /** Timestamp of all records of the transaction: the time when it began, in ms. */
  readonly writtenAt: number
}

export interface PublishedRecord extends Transaction {
  readonly offset: number
  readonly key: Buffer | null
  readonly value: Buffer | null
}

/** Iterates over the committed records of a partition, up to its end when it was opened. */
export interface PublishedRecords {
  /** Returns the next record without consuming it; `undefined` at the end. */
  peek(): Promise<PublishedRecord | undefined>
  take(): void
  /** Whether retention has deleted records at the start. */
  readonly isCut: boolean
  close(): Promise<void>
}

export async function openPublishedRecords(
  client: KafkaClient,
  at: TopicPartition,
  from: number | 'earliest',
): Promise<PublishedRecords> {
  const { topic, partition } = at
  // Not the last stable offset: a transaction’s marker may reach this partition after it has reached the journal.
  const end = await client.listOffset(at, 'latest')
  const earliest = await client.listOffset(at, 'earliest')
  const fetcher = client.fetcher({ bufferedBytesMax: 2 << 20 })
  await fetcher.assign(at, from)
  let batch = fetcher.take(topic, partition)
  let index = 0
  let head: PublishedRecord | undefined

  return {
    isCut: earliest > (from === 'earliest' ? 0 : from),
    async peek() {
      while (head === undefined) {
        if (batch === undefined || index >= batch.count) {
          batch = fetcher.take(topic, partition)
          index = 0
          if (batch === undefined) {
            if (fetcher.position(topic, partition) >= end) return undefined
            await fetcher.wait(1_000)
          }
          continue
        }
        if (batch.offsets[index]! >= end) return undefined
        const { producerId, producerEpoch } = batch
        head = {
          producerId,
          producerEpoch,
          writtenAt: batch.timestamps[index]!,
          offset: batch.offsets[index]!,
          key: keyOf(batch, index),
          value: valueOf(batch, index),
        }
        index++
      }
      return head
    },
    take: () => void (head = undefined),
    close: () => fetcher.close(),
  }
}
