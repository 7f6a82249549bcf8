import { createBatchMemory, type BatchMemory } from '../producer/batch-memory.ts'
import { checksumOf } from './checksum.ts'
import type { Compression, Header, RecordBatchWriter } from '../client.ts'
import { compress, compressionNumber } from './compression.ts'
import { KafkaError } from '../errors.ts'
import { attributes, layout, MAGIC } from './record-batch-layout.ts'
import { varintLength, varlongLength, writeVarint, writeVarlong } from './varint.ts'

export interface FinishingWriter extends RecordBatchWriter {
  /**
   * The batch as bytes owned by the caller; the writer is empty afterwards and reusable. At least one record must have
   * been appended. Without compression nothing is copied: the writer continues in other memory, ideally that of a batch
   * returned by `recycle`.
   */
  finish(
    producerId: bigint,
    producerEpoch: number,
    baseSequence: number,
    transactional: boolean,
    compression: Compression,
  ): Buffer
  /** A batch that `finish` gave is no longer read by anyone, the network included. */
  recycle(batch: Buffer): void
}

const nothing: Buffer = Buffer.alloc(0)

/**
 * Appends records to one buffer, which doubles as needed and starts at the size of the last batch. An empty writer
 * holds no buffer.
 */
export function createRecordBatchWriter(memory: BatchMemory = createBatchMemory()): FinishingWriter {
  let bytes = nothing
  let lastBytes = 0
  let position: number = layout.records
  let count = 0
  let baseTimestamp = 0
  let maxTimestamp = 0

  function reserve(more: number): void {
    if (position + more <= bytes.length) return
    const grown = memory.take(Math.max(bytes.length * 2, position + more, lastBytes))
    bytes.copy(grown, 0, 0, position)
    memory.give(bytes)
    bytes = grown
  }

  /** Writes the fields before a record’s key; `rest`: number of bytes that follow. */
  function begin(timestampMs: number, rest: number): void {
    if (!Number.isSafeInteger(timestampMs)) throw badTimestamp(timestampMs)
    if (count === 0) baseTimestamp = maxTimestamp = timestampMs
    else if (timestampMs > maxTimestamp) maxTimestamp = timestampMs
    const timestampDelta = timestampMs - baseTimestamp
    const length = 1 + varlongLength(timestampDelta) + varintLength(count) + rest
    reserve(length + 5)
    position = writeVarint(bytes, position, length)
    bytes[position++] = 0
    position = writeVarlong(bytes, position, timestampDelta)
    position = writeVarint(bytes, position, count)
  }

  function writeBytes(content: Uint8Array | null): void {
    position = writeVarint(bytes, position, content === null ? -1 : content.byteLength)
    if (content === null) return
    bytes.set(content, position)
    position += content.byteLength
  }

  /** The records with room for the header in front of them. */
  function takeBatch(compression: Compression): Buffer {
    lastBytes = position
    const whole = bytes
    bytes = nothing
    if (compression === 'none') return whole.subarray(0, position)
    const records = compress(whole.subarray(layout.records, position), compression)
    const batch = Buffer.allocUnsafe(layout.records + records.length)
    records.copy(batch, layout.records)
    memory.give(whole)
    return batch
  }

  return {
    get count() {
      return count
    },
    get byteLength() {
      return position
    },
    append(timestampMs, key, value, headers) {
      begin(timestampMs, sizedLength(key) + sizedLength(value) + headersLength(headers))
      writeBytes(key)
      writeBytes(value)
      position = writeVarint(bytes, position, headers?.length ?? 0)
      if (headers !== undefined) {
        for (const header of headers) {
          writeBytes(Buffer.from(header.key))
          writeBytes(header.value)
        }
      }
      count++
    },
    appendFrom(timestampMs, source, start, keyEnd, valueEnd) {
      const keyLength = keyEnd - start
      const valueLength = valueEnd < 0 ? -1 : valueEnd - keyEnd
      const contentLength = keyLength + Math.max(0, valueLength)
      begin(timestampMs, varintLength(keyLength) + varintLength(valueLength) + contentLength + 1)
      position = writeVarint(bytes, position, keyLength)
      source.copy(bytes, position, start, keyEnd)
      position = writeVarint(bytes, position + keyLength, valueLength)
      if (valueLength > 0) position += source.copy(bytes, position, keyEnd, valueEnd)
      position = writeVarint(bytes, position, 0)
      count++
    },
    finish(producerId, producerEpoch, baseSequence, transactional, compression) {
      const batch = takeBatch(compression)
      writeInt64(batch, layout.baseOffset, 0)
      batch.writeInt32BE(batch.length - layout.partitionLeaderEpoch, layout.batchLength)
      batch.writeInt32BE(-1, layout.partitionLeaderEpoch)
      batch[layout.magic] = MAGIC
      batch.writeInt16BE(
        compressionNumber(compression) | (transactional ? attributes.transactional : 0),
        layout.attributes,
      )
      batch.writeInt32BE(count - 1, layout.lastOffsetDelta)
      writeInt64(batch, layout.baseTimestamp, baseTimestamp)
      writeInt64(batch, layout.maxTimestamp, maxTimestamp)
      batch.writeBigInt64BE(producerId, layout.producerId)
      batch.writeInt16BE(producerEpoch, layout.producerEpoch)
      batch.writeInt32BE(baseSequence, layout.baseSequence)
      batch.writeInt32BE(count, layout.recordCount)
      batch.writeUInt32BE(checksumOf(batch.subarray(layout.attributes)), layout.checksum)
      position = layout.records
      count = 0
      return batch
    },
    recycle: memory.give,
  }
}

/** A bigint per batch would cost more than the rest of its header. */
function writeInt64(bytes: Buffer, position: number, value: number): void {
  bytes.writeInt32BE(Math.floor(value / 2 ** 32), position)
  bytes.writeUInt32BE(value >>> 0, position + 4)
}

export function badTimestamp(timestampMs: number): KafkaError {
  const message = `A record has the timestamp ${timestampMs}: give whole milliseconds since the epoch`
  return new KafkaError(message, 'INVALID_TIMESTAMP', 'abortable')
}

function sizedLength(content: Uint8Array | null): number {
  return content === null ? 1 : varintLength(content.byteLength) + content.byteLength
}

function headersLength(headers: readonly Header[] | undefined): number {
  if (headers === undefined) return 1
  let length = varintLength(headers.length)
  for (const { key, value } of headers) {
    const keyBytes = Buffer.byteLength(key)
    length += varintLength(keyBytes) + keyBytes + sizedLength(value)
  }
  return length
}

/** Upper bound for the fields of a record beside key, value and headers: lengths, deltas and attributes. */
export const recordOverheadBytesMax = 40

/** Upper bound of what a record adds to a batch, at any position. */
export function recordBytesMax(
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly Header[] = [],
): number {
  let bytes = recordOverheadBytesMax + (key?.byteLength ?? 0) + (value?.byteLength ?? 0)
  for (const header of headers) bytes += 3 * header.key.length + (header.value?.byteLength ?? 0) + 10
  return bytes
}

/** The size of a batch of this record alone. */
export function loneBatchBytes(key: Uint8Array | null, value: Uint8Array | null, headers?: readonly Header[]): number {
  const length = 3 + sizedLength(key) + sizedLength(value) + headersLength(headers)
  return layout.records + varintLength(length) + length
}
