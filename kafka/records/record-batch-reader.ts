import { checksumOf } from './checksum.ts'
import type { RecordBatch } from '../client.ts'
import { decompress } from './compression.ts'
import { KafkaError } from '../errors.ts'
import { attributes, layout, MAGIC } from './record-batch-layout.ts'
import { ByteCursor } from './varint.ts'

/** The header of a batch in a fetch response; its records are not parsed yet. */
export interface BatchHeader {
  readonly start: number
  readonly end: number
  readonly baseOffset: number
  readonly lastOffset: number
  readonly attributes: number
  readonly producerId: bigint
}

/**
 * Yields the complete batches of a fetch response in order. A last batch cut off by the size limit is left out.
 * `where`: topic-partition.
 */
export function* batchHeaders(bytes: Buffer, where: string): Generator<BatchHeader> {
  let start = 0
  while (start + layout.records <= bytes.length) {
    const end = start + layout.partitionLeaderEpoch + bytes.readInt32BE(start + layout.batchLength)
    if (end > bytes.length) return
    if (end < start + layout.records) {
      // The checksum does not cover the length, so it is checked here.
      const offset = bytes.readBigInt64BE(start + layout.baseOffset)
      throw new KafkaError(
        `${where}: the batch at offset ${offset} is shorter than its own header`,
        'CORRUPT_MESSAGE',
        'retriable',
      )
    }
    if (bytes[start + layout.magic] !== MAGIC) {
      throw new KafkaError(
        `${where}: a batch has the message format ${bytes[start + layout.magic]}; only ${MAGIC} is read: let a broker of 0.11 or later rewrite the topic`,
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

/** Throws CORRUPT_MESSAGE if the checksum shows that bytes changed in transit or on disk. */
export function checkBatch(bytes: Buffer, header: BatchHeader, where: string): void {
  const expected = bytes.readUInt32BE(header.start + layout.checksum)
  const found = checksumOf(bytes.subarray(header.start + layout.attributes, header.end))
  if (found === expected) return
  throw new KafkaError(
    `${where}: the batch at offset ${header.baseOffset} has the checksum ${found}, not ${expected}`,
    'CORRUPT_MESSAGE',
    'retriable',
  )
}

/**
 * Minimum size of a record: length, attributes, timestamp, offset, key length, value length and header count take at
 * least a byte each.
 */
const RECORD_BYTES_MIN = 7

/**
 * Reads the records of a batch from offset `from` on; `undefined` if there are none. Malformed content under a valid
 * checksum is the producer’s fault and throws CORRUPT_MESSAGE as fatal, not retriable. Allocations never rely on sizes
 * that the batch claims.
 */
export function readRecords(
  bytes: Buffer,
  header: BatchHeader,
  topic: string,
  partition: number,
  from: number,
): RecordBatch | undefined {
  const { start } = header
  const where = `${topic}-${partition}: the batch at offset ${header.baseOffset}`
  const compression = header.attributes & attributes.compression
  const content = decompress(bytes.subarray(start + layout.records, header.end), compression, where)
  const recordCount = bytes.readInt32BE(start + layout.recordCount)
  if (recordCount < 0 || recordCount * RECORD_BYTES_MIN > content.length)
    throw malformed(where, `${recordCount} records in ${content.length} bytes`)
  const baseTimestamp = Number(bytes.readBigInt64BE(start + layout.baseTimestamp))
  const maxTimestamp = Number(bytes.readBigInt64BE(start + layout.maxTimestamp))
  const appendTime = (header.attributes & attributes.appendTime) !== 0

  const { offsets, timestamps, keyStarts, keyLengths, valueStarts, valueLengths, headerStarts } =
    createColumns(recordCount)
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
    const headerStart = cursor.position + Math.max(0, valueLength)
    const fits = keyLength >= -1 && valueLength >= -1 && headerStart < next && next <= content.length
    if (!fits || offset > header.lastOffset) throw malformed(where, `a record ${record} that does not fit in`)
    if (offset >= from) {
      offsets[count] = offset
      timestamps[count] = appendTime ? maxTimestamp : baseTimestamp + timestampDelta
      keyStarts[count] = keyStart
      keyLengths[count] = keyLength
      valueStarts[count] = cursor.position
      valueLengths[count] = valueLength
      headerStarts[count] = headerStart
      count++
    }
    cursor.position = next
  }
  if (count === 0) return undefined
  return {
    topic,
    partition,
    producerId: Number(header.producerId),
    producerEpoch: bytes.readInt16BE(start + layout.producerEpoch),
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

/** Allocates the position columns: one array per field, with one entry per record. */
function createColumns(recordCount: number): Pick<RecordBatch, Column> {
  const places = new Int32Array(5 * recordCount)
  return {
    offsets: new Float64Array(recordCount),
    timestamps: new Float64Array(recordCount),
    keyStarts: places.subarray(0, recordCount),
    keyLengths: places.subarray(recordCount, 2 * recordCount),
    valueStarts: places.subarray(2 * recordCount, 3 * recordCount),
    valueLengths: places.subarray(3 * recordCount, 4 * recordCount),
    headerStarts: places.subarray(4 * recordCount),
  }
}

type Column = 'offsets' | 'timestamps' | 'keyStarts' | 'keyLengths' | 'valueStarts' | 'valueLengths' | 'headerStarts'

function malformed(where: string, what: string): KafkaError {
  return new KafkaError(`${where} claims ${what}: fix its producer, and continue after it`, 'CORRUPT_MESSAGE', 'fatal')
}
