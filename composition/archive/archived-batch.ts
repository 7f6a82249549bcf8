import type { RecordBatch, TopicPartition } from '../../kafka/client.ts'
import { batchHeaders, readRecords } from '../../kafka/records/record-batch-reader.ts'
import { createRecordBatchWriter } from '../../kafka/records/record-batch-writer.ts'
import type { RecordRun } from '../backup/record-run.ts'

/** Returns archived records as the batch that a reader of the broker gets; `undefined` if there are none. */
export function batchOfRun(
  { topic, partition }: TopicPartition,
  { producerId, producerEpoch, records }: RecordRun,
): RecordBatch | undefined {
  if (records.length === 0) return undefined
  const writer = createRecordBatchWriter()
  for (const { timestampMs, key, value, headers } of records) writer.append(timestampMs, key, value, headers)
  const bytes = writer.finish(BigInt(producerId), producerEpoch, 0, false, 'none')
  const [header] = batchHeaders(bytes, `${topic}-${partition}`)
  const batch = readRecords(bytes, header!, topic, partition, 0)!
  return { ...batch, offsets: Float64Array.from(records, ({ offset }) => offset) }
}
