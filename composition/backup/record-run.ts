import type { Header, RecordBatch } from '../../kafka/client.ts'
import { headersOf } from '../../kafka/records/headers.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'

/** A record as a backup keeps it. */
export interface KeptRecord {
  readonly offset: number
  readonly timestampMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly Header[]
}

/** Records of one partition and one producer, in order. Offsets may have holes. */
export interface RecordRun {
  /** -1 for a producer without an id. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly records: readonly KeptRecord[]
}

/** Returns the records of a batch whose offsets are kept. */
export function runOf(batch: RecordBatch, isKept: (offset: number) => boolean): RecordRun {
  const records: KeptRecord[] = []
  for (let index = 0; index < batch.count; index++) {
    const offset = batch.offsets[index]!
    if (!isKept(offset)) continue
    records.push({
      offset,
      timestampMs: batch.timestamps[index]!,
      key: keyOf(batch, index),
      value: valueOf(batch, index),
      headers: headersOf(batch, index),
    })
  }
  return { producerId: batch.producerId, producerEpoch: batch.producerEpoch, records }
}

const RUN_HEAD_BYTES = 8 + 2 + 4
/** Offset, timestamp, lengths of key and value, number of headers. */
const RECORD_HEAD_BYTES = 8 + 8 + 4 + 4 + 4

/**
 * Encodes a run, big-endian: producer id (64 bits), epoch (16), number of records (32); of each record offset and
 * timestamp (64), key, value, number of headers (32), of each header its name and its value. A length (32) precedes
 * each text and value; -1: null.
 */
export function encodeRun({ producerId, producerEpoch, records }: RecordRun): Buffer {
  const bytes = Buffer.alloc(records.reduce((sum, record) => sum + recordBytes(record), RUN_HEAD_BYTES))
  let at = bytes.writeBigInt64BE(BigInt(producerId), 0)
  at = bytes.writeInt16BE(producerEpoch, at)
  at = bytes.writeInt32BE(records.length, at)
  const write = (content: Uint8Array | null): void => {
    at = bytes.writeInt32BE(content === null ? -1 : content.byteLength, at)
    if (content === null) return
    bytes.set(content, at)
    at += content.byteLength
  }
  for (const { offset, timestampMs, key, value, headers } of records) {
    at = bytes.writeBigInt64BE(BigInt(offset), at)
    at = bytes.writeBigInt64BE(BigInt(timestampMs), at)
    write(key)
    write(value)
    at = bytes.writeInt32BE(headers.length, at)
    for (const header of headers) {
      write(Buffer.from(header.key))
      write(header.value)
    }
  }
  return bytes
}

export function decodeRun(bytes: Buffer): RecordRun {
  let at = 0
  const readLong = () => Number(bytes.readBigInt64BE((at += 8) - 8))
  const readInt = () => bytes.readInt32BE((at += 4) - 4)
  const read = (): Buffer | null => {
    const length = readInt()
    return length < 0 ? null : bytes.subarray(at, (at += length))
  }
  const producerId = readLong()
  const producerEpoch = bytes.readInt16BE((at += 2) - 2)
  const records = Array.from({ length: readInt() }, (): KeptRecord => {
    const [offset, timestampMs, key, value] = [readLong(), readLong(), read(), read()]
    const headers = Array.from({ length: readInt() }, () => ({ key: read()!.toString(), value: read() }))
    return { offset, timestampMs, key, value, headers }
  })
  return { producerId, producerEpoch, records }
}

function recordBytes({ key, value, headers }: KeptRecord): number {
  const inHeaders = headers.reduce((sum, one) => sum + 8 + Buffer.byteLength(one.key) + (one.value?.byteLength ?? 0), 0)
  return RECORD_HEAD_BYTES + (key?.byteLength ?? 0) + (value?.byteLength ?? 0) + inHeaders
}
