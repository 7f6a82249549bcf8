import { checksumOf } from '../../kafka/records/checksum.ts'
import { layout } from '../../kafka/records/record-batch-layout.ts'
import { createRecordBatchWriter } from '../../kafka/records/record-batch-writer.ts'

/** A batch as it comes from a broker, which has put its own offset in; in a transaction where a producer is named. */
export function batchAt(offset: number, values: readonly string[], producerId = -1n): Buffer {
  const writer = createRecordBatchWriter()
  for (const value of values) writer.append(1000, null, Buffer.from(value))
  const batch = writer.finish(producerId, 0, 0, producerId >= 0n, 'none')
  batch.writeBigInt64BE(BigInt(offset), layout.baseOffset)
  return batch
}

/** Makes the checksum right again where the batch was changed under it. */
export function withChecksum(batch: Buffer): Buffer {
  batch.writeUInt32BE(checksumOf(batch.subarray(layout.attributes)), layout.checksum)
  return batch
}
