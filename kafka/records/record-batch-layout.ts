/**
 * The header of a record batch, message format v2, by byte offset:
 * https://kafka.apache.org/documentation/#recordbatch
 */
export const layout = {
  baseOffset: 0,
  /** Number of bytes after this field. */
  batchLength: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  /** CRC-32C of everything from `attributes` on. */
  checksum: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
  records: 61,
} as const

export const MAGIC = 2

export const attributes = {
  compression: 0b111,
  /** Set if the broker stamped the batch: `maxTimestamp` is then the time of every record. */
  appendTime: 1 << 3,
  transactional: 1 << 4,
  control: 1 << 5,
} as const
