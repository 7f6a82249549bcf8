import { createBufferPool, type BufferPool } from '../producer/buffer-pool.ts'
import { checksumOf } from './checksum.ts'
import type { Compression, RecordBatchWriter } from '../client.ts'
import { compress, compressionNumber } from './compression.ts'
import { beginRecord, createOpenBatch, takeBytes, writeSized } from './open-batch.ts'
import { attributes, layout, MAGIC } from './record-batch-layout.ts'
import { headersLength, sizedLength } from './record-size.ts'
import { varintLength, writeVarint } from './varint.ts'

export interface FinishingWriter extends RecordBatchWriter {
  /**
   * Returns the batch as bytes owned by the caller; the writer is empty afterwards and reusable. At least one record
   * must have been appended. Without compression nothing is copied: the writer continues in other memory, ideally that
   * of a batch returned by `recycle`.
   */
  finish(
    producerId: bigint,
    producerEpoch: number,
    baseSequence: number,
    transactional: boolean,
    compression: Compression,
  ): Buffer
  /** Gives the memory of a finished batch back. Nothing may read it any more, including the network layer. */
  recycle(batch: Buffer): void
}

interface BatchHeader {
  readonly attributes: number
  readonly count: number
  readonly baseTimestamp: number
  readonly maxTimestamp: number
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly baseSequence: number
}

export function createRecordBatchWriter(memory: BufferPool = createBufferPool()): FinishingWriter {
  const batch = createOpenBatch(memory)

  return {
    get count() {
      return batch.count
    },
    get byteLength() {
      return batch.position
    },
    append(timestampMs, key, value, headers) {
      beginRecord(batch, timestampMs, sizedLength(key) + sizedLength(value) + headersLength(headers))
      writeSized(batch, key)
      writeSized(batch, value)
      batch.position = writeVarint(batch.bytes, batch.position, headers?.length ?? 0)
      if (headers !== undefined) {
        for (const header of headers) {
          writeSized(batch, Buffer.from(header.key))
          writeSized(batch, header.value)
        }
      }
      batch.count++
    },
    appendFrom(timestampMs, source, start, keyEnd, valueEnd) {
      const keyLength = keyEnd - start
      const valueLength = valueEnd < 0 ? -1 : valueEnd - keyEnd
      const contentLength = keyLength + Math.max(0, valueLength)
      beginRecord(batch, timestampMs, varintLength(keyLength) + varintLength(valueLength) + contentLength + 1)
      const { bytes } = batch
      let position = writeVarint(bytes, batch.position, keyLength)
      source.copy(bytes, position, start, keyEnd)
      position = writeVarint(bytes, position + keyLength, valueLength)
      if (valueLength > 0) position += source.copy(bytes, position, keyEnd, valueEnd)
      batch.position = writeVarint(bytes, position, 0)
      batch.count++
    },
    finish(producerId, producerEpoch, baseSequence, transactional, compression) {
      const { count, baseTimestamp, maxTimestamp } = batch
      const bytes = compressed(takeBytes(batch), compression, memory)
      writeHeader(bytes, {
        attributes: compressionNumber(compression) | (transactional ? attributes.transactional : 0),
        count,
        baseTimestamp,
        maxTimestamp,
        producerId,
        producerEpoch,
        baseSequence,
      })
      return bytes
    },
    recycle: memory.release,
  }
}

/** Compresses the records of the batch and gives its memory back; returns it unchanged if there is no compression. */
function compressed(batch: Buffer, compression: Compression, memory: BufferPool): Buffer {
  if (compression === 'none') return batch
  const records = compress(batch.subarray(layout.records), compression)
  const whole = Buffer.allocUnsafe(layout.records + records.length)
  records.copy(whole, layout.records)
  memory.release(batch)
  return whole
}

function writeHeader(batch: Buffer, header: BatchHeader): void {
  writeInt64(batch, layout.baseOffset, 0)
  batch.writeInt32BE(batch.length - layout.partitionLeaderEpoch, layout.batchLength)
  batch.writeInt32BE(-1, layout.partitionLeaderEpoch)
  batch[layout.magic] = MAGIC
  batch.writeInt16BE(header.attributes, layout.attributes)
  batch.writeInt32BE(header.count - 1, layout.lastOffsetDelta)
  writeInt64(batch, layout.baseTimestamp, header.baseTimestamp)
  writeInt64(batch, layout.maxTimestamp, header.maxTimestamp)
  batch.writeBigInt64BE(header.producerId, layout.producerId)
  batch.writeInt16BE(header.producerEpoch, layout.producerEpoch)
  batch.writeInt32BE(header.baseSequence, layout.baseSequence)
  batch.writeInt32BE(header.count, layout.recordCount)
  batch.writeUInt32BE(checksumOf(batch.subarray(layout.attributes)), layout.checksum)
}

/** Writes an int64 from a number: a bigint per batch would cost more than the rest of its header. */
function writeInt64(bytes: Buffer, position: number, value: number): void {
  bytes.writeInt32BE(Math.floor(value / 2 ** 32), position)
  bytes.writeUInt32BE(value >>> 0, position + 4)
}
