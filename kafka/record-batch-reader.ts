import { crc32c } from '@platformatic/kafka'
import type { RecordBatch } from './client.ts'
import { decompress } from './compression.ts'
import { KafkaError } from './errors.ts'
import { attributes, layout, MAGIC } from './record-batch-layout.ts'
import { ByteCursor } from './varint.ts'

/** The header of a batch as it stands in a fetch response; nothing of its records is looked at yet. */
export interface BatchHeader {
  readonly start: number
  readonly end: number
  readonly baseOffset: number
  readonly lastOffset: number
  readonly attributes: number
  readonly producerId: bigint
}

/** The whole batches of a fetch response, in order. A last one that was cut off by the size limit is left out. */
export function* batchHeaders(bytes: Buffer): Generator<BatchHeader> {
  let start = 0
  while (start + layout.records <= bytes.length) {
    const end = start + layout.partitionLeaderEpoch + bytes.readInt32BE(start + layout.batchLength)
    if (end > bytes.length) return
    if (bytes[start + layout.magic] !== MAGIC) {
      throw new KafkaError(
        `A batch has the message format ${bytes[start + layout.magic]}; only ${MAGIC} is read: let a broker of 0.11 or later rewrite the topic`,
        'UNSUPPORTED_FOR_MESSAGE_FORMAT',
        'fatal',
      )
    }
    const baseOffset = Number(bytes.readBigInt64BE(start + layout.baseOffset))
    yield {
      start,
      end,
      baseOffset,
      lastOffset: baseOffset + bytes.readInt32BE(start + layout.lastOffsetDelta),
      attributes: bytes.readInt16BE(start + layout.attributes),
      producerId: bytes.readBigInt64BE(start + layout.producerId),
    }
    start = end
  }
}

/** Throws CORRUPT_MESSAGE where the checksum says that bytes were changed on their way or on the disk. */
export function checkBatch(bytes: Buffer, header: BatchHeader, where: string): void {
  const expected = bytes.readUInt32BE(header.start + layout.checksum)
  const found = crc32c(bytes.subarray(header.start + layout.attributes, header.end)) >>> 0
  if (found === expected) return
  throw new KafkaError(
    `${where}: the batch at offset ${header.baseOffset} has the checksum ${found}, not ${expected}`,
    'CORRUPT_MESSAGE',
    'retriable',
  )
}

/** What a control batch says: whether the transaction of its producer was aborted or committed. `undefined`: another kind of control record. */
export function controlType(bytes: Buffer, header: BatchHeader): 'abort' | 'commit' | undefined {
  const cursor = new ByteCursor(bytes, header.start + layout.records)
  cursor.readVarint()
  cursor.position++
  cursor.readVarlong()
  cursor.readVarint()
  cursor.readVarint()
  const type = bytes.readInt16BE(cursor.position + 2)
  return type === 0 ? 'abort' : type === 1 ? 'commit' : undefined
}

/** The records of a batch from offset `from` on; `undefined`: none. */
export function readRecords(
  bytes: Buffer,
  header: BatchHeader,
  topic: string,
  partition: number,
  from: number,
): RecordBatch | undefined {
  const { start } = header
  const compressed = header.attributes & attributes.compression
  const body = bytes.subarray(start + layout.records, header.end)
  const content = compressed === 0 ? body : decompress(body, compressed)
  const recordCount = bytes.readInt32BE(start + layout.recordCount)
  const baseTimestamp = Number(bytes.readBigInt64BE(start + layout.baseTimestamp))
  const maxTimestamp = Number(bytes.readBigInt64BE(start + layout.maxTimestamp))
  const appendTime = (header.attributes & attributes.appendTime) !== 0

  const offsets = new Float64Array(recordCount)
  const timestamps = new Float64Array(recordCount)
  const places = new Int32Array(5 * recordCount)
  const keyStarts = places.subarray(0, recordCount)
  const keyLengths = places.subarray(recordCount, 2 * recordCount)
  const valueStarts = places.subarray(2 * recordCount, 3 * recordCount)
  const valueLengths = places.subarray(3 * recordCount, 4 * recordCount)
  const headerStarts = places.subarray(4 * recordCount)
  const cursor = new ByteCursor(content)
  let count = 0
  for (let record = 0; record < recordCount; record++) {
    const length = cursor.readVarint()
    const next = cursor.position + length
    cursor.position++
    const timestampDelta = cursor.readVarlong()
    const offset = header.baseOffset + cursor.readVarint()
    const keyLength = cursor.readVarint()
    const keyStart = cursor.position
    cursor.position += Math.max(0, keyLength)
    const valueLength = cursor.readVarint()
    if (offset >= from) {
      offsets[count] = offset
      timestamps[count] = appendTime ? maxTimestamp : baseTimestamp + timestampDelta
      keyStarts[count] = keyStart
      keyLengths[count] = keyLength
      valueStarts[count] = cursor.position
      valueLengths[count] = valueLength
      headerStarts[count] = cursor.position + Math.max(0, valueLength)
      count++
    }
    cursor.position = next
  }
  if (count === 0) return undefined
  return {
    topic,
    partition,
    bytes: content,
    count,
    offsets,
    timestamps,
    keyStarts,
    keyLengths,
    valueStarts,
    valueLengths,
    headerStarts,
  }
}
