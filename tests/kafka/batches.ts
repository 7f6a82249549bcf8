import { checksumOf } from '../../kafka/records/checksum.ts'
import { layout } from '../../kafka/records/record-batch-layout.ts'
import { createRecordBatchWriter } from '../../kafka/records/record-batch-writer.ts'

/** Returns a batch as a broker delivers it, with the broker’s offset; transactional if a producer id is given. */
export function batchAt(offset: number, values: readonly string[], producerId = -1n): Buffer {
  const writer = createRecordBatchWriter()
  for (const value of values) writer.append(1000, null, Buffer.from(value))
  const batch = writer.finish(producerId, 0, 0, producerId >= 0n, 'none')
  batch.writeBigInt64BE(BigInt(offset), layout.baseOffset)
  return batch
}

/** Recomputes the checksum of a modified batch. */
export function withChecksum(batch: Buffer): Buffer {
  batch.writeUInt32BE(checksumOf(batch.subarray(layout.attributes)), layout.checksum)
  return batch
}
