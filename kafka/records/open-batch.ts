import type { BufferPool } from '../producer/buffer-pool.ts'
import { KafkaError } from '../errors.ts'
import { layout } from './record-batch-layout.ts'
import { varintLength, varlongLength, writeVarint, writeVarlong } from './varint.ts'

/**
 * Records being appended to one buffer, after the space reserved for the batch header. The buffer doubles as needed and
 * starts at the size of the last batch; no buffer is held while there are no records.
 */
export interface OpenBatch {
  readonly memory: BufferPool
  bytes: Buffer
  /** Size of the last batch, in bytes. */
  lastBytes: number
  /** Position of the next write. */
  position: number
  /** Number of records. */
  count: number
  baseTimestamp: number
  maxTimestamp: number
}

const nothing: Buffer = Buffer.alloc(0)

export function createOpenBatch(memory: BufferPool): OpenBatch {
  return {
    memory,
    bytes: nothing,
    lastBytes: 0,
    position: layout.records,
    count: 0,
    baseTimestamp: 0,
    maxTimestamp: 0,
  }
}

/** Writes the fields before a record’s key and makes room for the `rest` bytes that follow. */
export function beginRecord(batch: OpenBatch, timestampMs: number, rest: number): void {
  if (!Number.isSafeInteger(timestampMs)) throw badTimestamp(timestampMs)
  if (batch.count === 0) batch.baseTimestamp = batch.maxTimestamp = timestampMs
  else if (timestampMs > batch.maxTimestamp) batch.maxTimestamp = timestampMs
  const timestampDelta = timestampMs - batch.baseTimestamp
  const length = 1 + varlongLength(timestampDelta) + varintLength(batch.count) + rest
  reserve(batch, length + 5)
  const { bytes } = batch
  let position = writeVarint(bytes, batch.position, length)
  bytes[position++] = 0
  position = writeVarlong(bytes, position, timestampDelta)
  batch.position = writeVarint(bytes, position, batch.count)
}

/** Writes the length and then the content; `null` is written as length -1. */
export function writeSized(batch: OpenBatch, content: Uint8Array | null): void {
  batch.position = writeVarint(batch.bytes, batch.position, content === null ? -1 : content.byteLength)
  if (content === null) return
  batch.bytes.set(content, batch.position)
  batch.position += content.byteLength
}

/** Takes the buffer with all records and leaves the batch empty. */
export function takeBytes(batch: OpenBatch): Buffer {
  const { bytes, position } = batch
  batch.bytes = nothing
  batch.lastBytes = position
  batch.position = layout.records
  batch.count = 0
  return bytes.subarray(0, position)
}

export function badTimestamp(timestampMs: number): KafkaError {
  const message = `A record has the timestamp ${timestampMs}: give whole milliseconds since the epoch`
  return new KafkaError(message, 'INVALID_TIMESTAMP', 'abortable')
}

function reserve(batch: OpenBatch, more: number): void {
  const { bytes, position } = batch
  if (position + more <= bytes.length) return
  const grown = batch.memory.allocate(Math.max(bytes.length * 2, position + more, batch.lastBytes))
  bytes.copy(grown, 0, 0, position)
  batch.memory.release(bytes)
  batch.bytes = grown
}
