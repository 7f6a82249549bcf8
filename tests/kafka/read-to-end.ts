import type { FetcherOptions, KafkaClient, StartPosition } from '../../kafka/client.ts'
import { valuesOf } from './records-of.ts'

export interface ReadToEnd extends FetcherOptions {
  readonly from?: StartPosition
  readonly partition?: number
}

export interface ReadResult {
  readonly values: readonly string[]
  readonly offsets: readonly number[]
  /** Position after the last record, control records and aborted records included. */
  readonly position: number
}

/**
 * Reads a partition up to its current end. A commit or an abort is acknowledged before its marker is in the log, so the
 * markers are awaited: forever, after a transaction that stays open.
 */
export async function readToEnd(client: KafkaClient, topic: string, options: ReadToEnd = {}): Promise<ReadResult> {
  const { from = 'earliest', partition = 0, ...fetcherOptions } = options
  const offset = (which: 'latest' | 'latest_stable') => client.listOffset({ topic, partition }, which)
  while ((await offset('latest_stable')) < (await offset('latest')));
  const end = await offset('latest')
  const fetcher = client.fetcher(fetcherOptions)
  const values: string[] = []
  const offsets: number[] = []
  try {
    await fetcher.assign({ topic, partition }, from)
    while (fetcher.position(topic, partition) < end) {
      const batch = fetcher.take(topic, partition)
      if (batch === undefined) {
        await fetcher.wait(1000)
        continue
      }
      values.push(...valuesOf(batch))
      offsets.push(...batch.offsets.subarray(0, batch.count))
    }
    return { values, offsets, position: fetcher.position(topic, partition) }
  } finally {
    await fetcher.close()
  }
}
