import type { Header } from '../client.ts'
import { KafkaError } from '../errors.ts'
import { partitionOfKey } from './partition-of-key.ts'
import { badTimestamp } from '../records/open-batch.ts'
import { loneBatchBytes, recordBytesMax } from '../records/record-size.ts'

export interface PlainRecord {
  readonly key: string | Buffer
  /** `null` for a tombstone. */
  readonly value: Buffer | null
  /** Milliseconds since the epoch. Default: now. */
  readonly timestampMs?: number
  /** Default: the partition of the key. */
  readonly partition?: number
  readonly headers?: Readonly<Record<string, string | Buffer>>
}

/** A record with all its defaults filled in. */
export interface ReadyRecord {
  readonly key: Buffer
  readonly value: Buffer | null
  readonly timestampMs: number
  readonly headers: readonly Header[] | undefined
  readonly partition: number
  /** Approximate size in memory, in bytes. */
  readonly bytes: number
  /** Size in bytes of a batch that contains only this record. */
  readonly loneBytes: number
}

export function readyRecord(topic: string, record: PlainRecord, partitionCount: number): ReadyRecord {
  const { value, timestampMs = Date.now(), partition: wanted } = record
  const key = Buffer.from(record.key as Buffer)
  const headers =
    record.headers &&
    Object.entries(record.headers).map(([name, content]) => ({ key: name, value: Buffer.from(content as Buffer) }))
  const partition = wanted ?? partitionOfKey(key, partitionCount)
  if (partition >= partitionCount) {
    const message = `${topic} has ${partitionCount} partitions, and none of number ${partition}: name another one, or the topic's own number of them`
    throw new KafkaError(message, 'UNKNOWN_TOPIC_OR_PARTITION', 'abortable')
  }
  if (!Number.isSafeInteger(timestampMs)) throw badTimestamp(timestampMs)
  const bytes = recordBytesMax(key, value, headers)
  return { key, value, timestampMs, headers, partition, bytes, loneBytes: loneBatchBytes(key, value, headers) }
}
